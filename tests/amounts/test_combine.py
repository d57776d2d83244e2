"""The best combination under exclusions and caps is exact, says what is lost, and depends on no order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from random import Random
from typing import NamedTuple, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentives.amounts.candidates import Candidate, Cap, Conflict, Group, Quota, overlapping
from incentives.amounts.combine import Choice, Combination, Loss, combine
from incentives.values import NOT_BOUNDED, Interval, Possible
from tests.amounts.subsets import amount, best_sets, end_of, number

T = TypeVar("T")


class Case(NamedTuple):
    candidates: tuple[Candidate, ...]
    conflicts: tuple[Conflict, ...] = ()
    caps: tuple[Cap, ...] = ()
    groups: tuple[Group, ...] = ()
    quotas: tuple[Quota, ...] = ()

    def combined(self, work_limit: int = 200_000) -> Combination:
        candidates, conflicts, caps, groups, quotas = self
        return combine(candidates, conflicts, caps, groups=groups, quotas=quotas, work_limit=work_limit)


def exactly(yuan: int | str) -> Interval:
    return Interval(Decimal(yuan), Decimal(yuan))


def between(guaranteed: int, possible: int | None) -> Interval:
    return Interval(Decimal(guaranteed), NOT_BOUNDED if possible is None else Decimal(possible))


def awards(**amounts: int | str | Interval) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(name, name, at if isinstance(at, Interval) else exactly(at)) for name, at in amounts.items()
    )


def one_of(rule: str, *names: str) -> Group:
    return Group(rule, tuple((name,) for name in names))


def cap(rule: str, at: int, *over: str) -> Cap:
    return Cap(rule, exactly(at), over)


def test_two_small_awards_beat_the_large_one_between_them() -> None:
    case = Case(awards(a=60, b=100, c=60), (Conflict("r", "a", "b"), Conflict("s", "c", "b")))
    chosen = case.combined().guaranteed
    assert chosen.chosen == ("a", "c")
    assert chosen.total == 120
    assert chosen.losses == (Loss("b", "r", ("a",), Decimal(100)),)
    assert chosen.proved


def test_one_set_of_a_group_is_paid_whole() -> None:
    case = Case(awards(r1=30, r2=40, p=60, x=5), groups=(Group("higher", (("r1", "r2"), ("p",))),))
    choice = case.combined().guaranteed
    assert choice.chosen == ("r1", "r2", "x")
    assert choice.total == 75
    assert choice.losses == (Loss("p", "higher", ("r1", "r2"), Decimal(60)),)


def test_nested_caps_cut_from_the_inside_out_and_the_smallest_first() -> None:
    case = Case(awards(a=30, b=80, c=50), caps=(cap("outer", 120, "a", "b", "c"), cap("inner", 90, "a", "b")))
    choice = case.combined().guaranteed
    assert choice.chosen == ("a", "b", "c")
    assert choice.total == 120
    assert choice.losses == (
        Loss("a", "inner", (), Decimal(20)),
        Loss("a", "outer", (), Decimal(10)),
        Loss("c", "outer", (), Decimal(10)),
    )


def test_a_cap_makes_the_smaller_award_the_better_choice() -> None:
    case = Case(awards(a=100, b=100, c=70), (Conflict("r", "b", "c"),), (cap("k", 120, "a", "b"),))
    choice = case.combined().guaranteed
    assert choice.chosen == ("a", "c")
    assert choice.total == 170


def test_what_a_full_cap_leaves_nothing_is_chosen_and_loses_to_the_cap() -> None:
    choice = Case(awards(a=100, b=10), caps=(cap("k", 50, "a", "b"),)).combined().guaranteed
    assert choice.chosen == ("a", "b")
    assert choice.losses == (Loss("a", "k", (), Decimal(50)), Loss("b", "k", (), Decimal(10)))


def test_of_so_many_at_most_the_largest_are_paid_and_the_others_lose_to_them() -> None:
    case = Case(awards(a=10, b=40, c=30, d=20), quotas=(Quota("two", 2, ("a", "b", "c", "d")),))
    choice = case.combined().guaranteed
    assert choice.chosen == ("b", "c")
    assert choice.total == 70
    assert choice.losses == (Loss("a", "two", ("b", "c"), Decimal(10)), Loss("d", "two", ("b", "c"), Decimal(20)))


def test_a_quota_within_a_quota_leaves_places_to_the_others() -> None:
    chips = ("c1", "c2", "c3", "c4")
    case = Case(
        awards(c1=90, c2=80, c3=70, c4=60, e1=5, e2=4),
        quotas=(Quota("all", 4, (*chips, "e1", "e2")), Quota("chips", 3, chips)),
    )
    choice = case.combined().guaranteed
    assert choice.chosen == ("c1", "c2", "c3", "e1")
    assert choice.total == 245
    filling = ("c1", "c2", "c3", "e1")
    assert choice.losses == (Loss("c4", "all", filling, Decimal(60)), Loss("e2", "all", filling, Decimal(4)))


def test_quotas_that_overlap_are_all_kept() -> None:
    case = Case(awards(a=10, b=30, c=20), quotas=(Quota("left", 1, ("a", "b")), Quota("right", 1, ("b", "c"))))
    assert case.combined().guaranteed.chosen == ("a", "c")
    assert case.combined().guaranteed.equal == (("b",),)
    wider = Case(
        awards(a=10, b=50, c=20, d=1, e=2),
        quotas=(Quota("left", 2, ("a", "b", "d")), Quota("right", 2, ("b", "c", "e"))),
    )
    assert wider.combined().guaranteed.chosen == ("a", "b", "c")


def test_a_quota_of_one_is_a_group_of_single_awards() -> None:
    some = awards(a=7, b=9, c=9)
    [one, other] = [Case(some, quotas=(Quota("r", 1, ("a", "b", "c")),)), Case(some, groups=(one_of("r", *"abc"),))]
    assert one.combined() == other.combined()


def test_what_is_worth_nothing_takes_no_place() -> None:
    case = Case(awards(a=5, b=between(0, 9), c=between(0, 8)), quotas=(Quota("two", 2, ("a", "b", "c")),))
    assert case.combined().guaranteed == Choice(("a",), Decimal(5), (), True, ())
    assert case.combined().possible.chosen == ("b", "c")


def test_a_place_that_a_full_cap_makes_worthless_is_shown_with_its_equals() -> None:
    case = Case(
        awards(a=100, b=10, c=10), caps=(cap("k", 100, "a", "b", "c"),), quotas=(Quota("q", 2, tuple("abc")),)
    )
    choice = case.combined().guaranteed
    assert (choice.chosen, *choice.equal) == (("a", "b"), ("a", "c"))


def test_a_quota_that_is_used_up_lets_nothing_be_paid() -> None:
    found = Case(awards(a=10, b=40, c=5), quotas=(Quota("q", 0, ("a", "b")),)).combined()
    assert found.guaranteed.chosen == found.possible.chosen == ("c",)
    assert found.possible.losses == (Loss("a", "q", (), Decimal(10)), Loss("b", "q", (), Decimal(40)))


def test_of_a_quota_only_so_many_are_certain_as_certainly_are_left() -> None:
    found = Case(awards(a=10, b=40, c=20), quotas=(Quota("q", 2, ("a", "b", "c"), 0),)).combined()
    assert found.total == Interval(Decimal(0), Decimal(60))
    found = Case(awards(a=10, b=40, c=20), quotas=(Quota("q", 2, ("a", "b", "c"), 1),)).combined()
    assert found.total == Interval(Decimal(40), Decimal(60))


def test_thousands_under_a_quota_leave_the_largest() -> None:
    names = [f"item{number:04}" for number in range(2_000)]
    candidates = awards(**{name: place + 1 for place, name in enumerate(names)})
    inner, outer = Quota("inner", 300, tuple(names[500:])), Quota("outer", 400, tuple(names))
    choice = Case(candidates, quotas=(inner, outer)).combined().guaranteed
    assert choice.proved
    assert choice.chosen == tuple(names[400:500] + names[1_700:])
    alike = Case(awards(**dict.fromkeys(names, 3)), quotas=(Quota("four", 4, tuple(names)),)).combined().guaranteed
    assert alike.chosen == tuple(names[:4])
    assert alike.proved
    assert alike.equal == tuple((*names[:3], names[place]) for place in range(4, 12))


def test_equal_combinations_are_listed_and_the_first_id_is_chosen() -> None:
    case = Case(awards(c=7, a=7, b=7), groups=(one_of("r", "c", "a", "b"),))
    choice = case.combined().guaranteed
    assert choice.chosen == ("a",)
    assert choice.equal == (("b",), ("c",))
    assert [loss.to for loss in choice.losses] == [("a",), ("a",)]


def test_awards_that_only_a_cap_makes_equal_are_listed() -> None:
    case = Case(awards(a=70, b=90), (Conflict("r", "a", "b"),), (cap("k", 50, "a", "b"),))
    choice = case.combined().guaranteed
    assert (choice.chosen, *choice.equal) == (("a",), ("b",))
    assert choice.total == 50


def test_of_many_equal_combinations_the_first_eight_others_are_listed() -> None:
    names = [f"{letter}{number}" for letter in "abcdef" for number in (1, 2)]
    pairs = tuple(one_of(one[0], one, other) for one, other in pairwise(names) if one[0] == other[0])
    choice = Case(awards(**dict.fromkeys(names, 3)), groups=pairs).combined().guaranteed
    assert choice.chosen == ("a1", "b1", "c1", "d1", "e1", "f1")
    assert len(choice.equal) == 8
    assert choice.equal[0] == ("a1", "b1", "c1", "d1", "e1", "f2")
    assert list(choice.equal) == sorted(choice.equal)


def test_awards_of_nothing_are_neither_chosen_nor_lost_nor_equal() -> None:
    case = Case(awards(a=5, b=between(0, 9)), (Conflict("r", "a", "b"),))
    combined = case.combined()
    assert combined.guaranteed == Choice(("a",), Decimal(5), (), True, ())
    assert combined.possible.chosen == ("b",)
    assert combined.total == between(5, 9)


def test_not_bounded_survives_sums_and_ends_at_a_bounded_cap() -> None:
    free = Case(awards(a=between(1, None), b=2)).combined()
    assert free.total == between(3, None)
    capped = Case(awards(a=between(1, None), b=2), caps=(cap("k", 10, "a", "b"),)).combined()
    assert capped.total == between(3, 10)
    assert capped.possible.losses == (Loss("a", "k", (), NOT_BOUNDED), Loss("b", "k", (), Decimal(2)))
    without_limit = Cap("k", between(2, None), ("a", "b"))
    assert Case(awards(a=between(1, None), b=2), caps=(without_limit,)).combined().total == between(2, None)


def test_not_bounded_wins_over_any_sum() -> None:
    case = Case(awards(a=between(0, None), b=10**15), (Conflict("r", "a", "b"),))
    choice = case.combined().possible
    assert (choice.chosen, choice.total) == (("a",), NOT_BOUNDED)
    other = Case(awards(a=between(0, None), b=between(0, None)), (Conflict("r", "a", "b"),)).combined().possible
    assert (other.chosen, other.equal) == (("a",), (("b",),))
    assert other.losses == (Loss("b", "r", ("a",), NOT_BOUNDED),)


def test_amounts_finer_than_a_fen_stay_exact() -> None:
    choice = Case(awards(a="0.001", b="1000000000000000.00")).combined().guaranteed
    assert choice.total == Decimal("1000000000000000.001")


def test_nothing_is_worth_nothing() -> None:
    nothing = Choice((), Decimal(0), (), True, ())
    assert Case(()).combined() == Combination(nothing, nothing, exactly(0))


def test_thousands_in_one_group_leave_the_largest() -> None:
    names = [f"item{number}" for number in range(2_000)]
    candidates = awards(**{name: place + 1 for place, name in enumerate(names)})
    over_all = (cap("k", 1_999, *names),)
    assert Case(candidates, groups=(one_of("r", *names),)).combined().guaranteed.chosen == ("item1999",)
    capped = Case(candidates, caps=over_all, groups=(one_of("r", *names),)).combined().guaranteed
    assert (capped.chosen, *capped.equal) == (("item1998",), ("item1999",))
    assert capped.total == 1_999
    halves = Group("r", (tuple(names[:1_000]), tuple(names[1_000:])))
    assert Case(candidates, groups=(halves,)).combined().guaranteed.chosen == tuple(sorted(names[1_000:]))


def entangled(seed: int) -> Case:
    """Much more conflict than any policy has, with caps across it."""
    random = Random(seed)
    names = [f"c{number:02}" for number in range(60)]
    candidates = awards(**{name: between(low := random.randrange(1, 999), 2 * low) for name in names})
    conflicts = tuple(Conflict("r", *random.sample(names, 2)) for _ in range(300))
    caps = tuple(cap(f"k{start:02}", 2_500, *names[start : start + 15]) for start in range(0, 60, 15))
    quotas = (Quota("few", 4, tuple(names[10:30])), Quota("many", 9, tuple(names[5:50])))
    return Case(candidates, conflicts, caps, quotas=quotas if seed % 2 else ())


@pytest.mark.parametrize("seed", range(5))
def test_an_end_that_is_not_proved_is_on_the_safe_side(seed: int) -> None:
    case = entangled(seed)
    whole = case.combined(work_limit=10_000_000)
    assert whole.guaranteed.proved
    assert whole.possible.proved
    for limit in (0, 500, 5_000):
        cut = case.combined(work_limit=limit)
        assert cut.total.guaranteed <= whole.total.guaranteed
        assert number(cut.total.possible) >= number(whole.total.possible)
        candidates, conflicts, caps, _, quotas = case
        turned = Case(candidates[::-1], conflicts[::-1], caps[::-1], quotas=quotas[::-1])
        assert cut == turned.combined(work_limit=limit)
        end = end_of(*case, guaranteed_of)
        for choice in (cut.guaranteed, cut.possible):
            assert end.allows(frozenset(choice.chosen))
    assert not case.combined(work_limit=0).guaranteed.proved


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (Case((*awards(a=1), *awards(a=2))), "unique"),
        (Case(awards(a=1), (Conflict("r", "a", "z"),)), "no candidate z"),
        (Case(awards(a=1), caps=(cap("k", 1, "z"),)), "no candidate z"),
        (Case(awards(a=1), (Conflict("r", "a", "a"),)), "itself by r"),
        (Case(awards(a=1), groups=(one_of("g", "a", "a"),)), "itself by g"),
        (Case(awards(a=1), quotas=(Quota("q", 1, ("z",)),)), "no candidate z"),
        (Case(awards(a=1), quotas=(Quota("q", -1, ("a",)),)), "q lets less than nothing be paid"),
        (Case(awards(a=1), quotas=(Quota("q", 1, ("a",), 2),)), "q lets less than nothing be paid"),
        (Case(awards(a=-1)), "negative"),
        (Case(awards(a=1), caps=(cap("k", -1, "a"),)), "negative"),
        (Case(awards(a=1, b=2, c=3), caps=(cap("k", 1, "a", "b"), cap("j", 1, "b", "c"))), "caps j and k overlap"),
    ],
)
def test_what_cannot_be_meant_is_refused(case: Case, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        case.combined()


def test_caps_overlap_only_where_neither_holds_the_other() -> None:
    assert (
        overlapping([cap("k", 1, "a", "b"), cap("j", 2, "c"), cap("i", 3, "a", "b", "c"), cap("h", 3, "b")]) is None
    )
    assert overlapping([cap("k", 1, "a", "b"), cap("j", 2, "b", "a")]) is None
    assert overlapping([cap("k", 1, "a", "b"), cap("j", 2, "b", "c"), cap("i", 3, "a", "b", "c")]) == ("j", "k")


AMOUNTS = st.sampled_from([0, 1, 1, 2, 2, 3, 4, 5, 7, 10, 60, 100])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    guaranteed, more = draw(AMOUNTS), draw(st.none() | AMOUNTS | st.just(0))
    return between(guaranteed, None if more is None else guaranteed + more)


@st.composite
def nested_caps(draw: st.DrawFn, names: Sequence[str]) -> tuple[Cap, ...]:
    """Up to five caps over stretches of the names, any two nested or apart."""
    caps: list[Cap] = []
    for rule in "klmno"[: draw(st.integers(0, 5))]:
        start = draw(st.integers(0, len(names) - 1))
        stretch = tuple(names[start : draw(st.integers(start + 1, len(names)))])
        new = Cap(rule, draw(intervals()), stretch)
        if overlapping([*caps, new]) is None:
            caps.append(new)
    return tuple(caps)


@st.composite
def quotas(draw: st.DrawFn, names: Sequence[str]) -> tuple[Quota, ...]:
    """Up to three, over some names each: one inside another, apart or overlapping."""
    over = st.lists(st.sampled_from(names), min_size=1, unique=True)
    return tuple(Quota(rule, draw(st.integers(1, 4)), tuple(draw(over))) for rule in "uvw"[: draw(st.integers(0, 3))])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = draw(st.permutations("abcdefghi"[: draw(st.integers(1, 9))]))
    candidates = awards(**{name: draw(intervals()) for name in names})
    pairs = list(combinations(names, 2))
    conflicting = draw(st.lists(st.sampled_from(pairs), max_size=9)) if pairs else []
    conflicts = tuple(Conflict(draw(st.sampled_from("rst")), *pair) for pair in conflicting)
    seats = [draw(st.none() | st.tuples(st.integers(0, 1), st.integers(0, 2))) for _ in names]
    groups = tuple(
        Group(
            "gh"[which],
            tuple(
                tuple(name for name, seat in zip(names, seats, strict=True) if seat == (which, i)) for i in range(3)
            ),
        )
        for which in range(2)
    )
    return Case(candidates, conflicts, draw(nested_caps(draw(st.permutations(names)))), groups, draw(quotas(names)))


def guaranteed_of(interval: Interval) -> Possible:
    return interval.guaranteed


def possible_of(interval: Interval) -> Possible:
    return interval.possible


def check_losses(case: Case, choice: Choice, at: Callable[[Interval], Possible]) -> None:
    end = end_of(*case, at)
    everything = {name for name, own in end.amounts.items() if own > 0}
    lost = {loss.candidate for loss in choice.losses if loss.to}
    assert lost == everything - set(choice.chosen)
    for loss in choice.losses:
        if loss.to:
            assert set(loss.to) <= set(choice.chosen)
            of_rule = Case(
                case.candidates,
                tuple(conflict for conflict in case.conflicts if conflict.rule == loss.rule),
                groups=tuple(group for group in case.groups if group.rule == loss.rule),
            )
            excluded = end_of(*of_rule, at).excluded
            against = {name for name in choice.chosen if frozenset((name, loss.candidate)) in excluded}
            for quota in (quota for quota in case.quotas if quota.rule == loss.rule):
                against = set(quota.over) & set(choice.chosen)
                assert loss.candidate in quota.over
                assert len(against) == quota.at_most
            assert set(loss.to) == against
            assert number(loss.amount) == end.amounts[loss.candidate]
        else:
            assert loss.candidate in choice.chosen
            assert any(cap.rule == loss.rule and loss.candidate in cap.over for cap in case.caps)
        assert number(loss.amount) > 0
    if not any(loss.amount is NOT_BOUNDED for loss in choice.losses) and choice.total is not NOT_BOUNDED:
        own = sum(end.amounts[name] for name in everything)
        assert own - number(choice.total) == sum(number(loss.amount) for loss in choice.losses)


def check_against_subsets(case: Case) -> None:
    combined = case.combined()
    for choice, at in ((combined.guaranteed, guaranteed_of), (combined.possible, possible_of)):
        top, sets = best_sets(end_of(*case, at))
        assert choice.proved, case
        assert choice.total == amount(top), case
        assert (choice.chosen, *choice.equal) == tuple(sets[:9]), case
        check_losses(case, choice, at)
    assert combined.total == Interval(Decimal(number(combined.guaranteed.total)), combined.possible.total)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_it_is_the_best_of_all_subsets(case: Case) -> None:
    check_against_subsets(case)


def tangled(random: Random) -> Case:
    """Small amounts, many conflicts and caps that cut: where ties, full caps and searches of several parts meet."""
    names = random.sample("abcdefghi", random.randint(4, 9))
    highest = random.choice([2, 4, 20, 1000])

    def interval(low: int, high: int) -> Interval:
        guaranteed = random.randint(low, high)
        return between(guaranteed, None if random.random() < 0.07 else guaranteed + random.randint(0, high))

    candidates = awards(**{name: interval(random.randint(0, 1), highest) for name in names})
    dense = random.choice([0.8, 1.3, 2])
    conflicts = tuple(
        Conflict(random.choice("rst"), *random.sample(names, 2))
        for _ in range(random.randint(0, int(len(names) * dense)))
    )
    caps: list[Cap] = []
    for rule in "klmno"[: random.randint(0, 5)]:
        start = random.randrange(len(names))
        stretch = tuple(names[start : random.randint(start + 1, len(names))])
        new = Cap(rule, interval(0, int(highest * len(stretch) * random.uniform(0.3, 1)) + 1), stretch)
        if overlapping([*caps, new]) is None:
            caps.append(new)
    first, second, third = sorted(random.sample(range(len(names) + 1), 3))
    members = random.sample(names, len(names))
    group = Group("g", (tuple(members[:first]), tuple(members[first:second]), tuple(members[second:third])))
    quotas = tuple(
        Quota(rule, random.randint(1, 4), tuple(random.sample(names, random.randint(2, len(names)))))
        for rule in "uv"[: random.choice([0, 0, 1, 2])]
    )
    return Case(candidates, conflicts, tuple(caps), (group,) if random.random() < 0.5 else (), quotas)


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_best_of_all_subsets_where_much_is_tangled(seed: int) -> None:
    random = Random(seed)
    for _ in range(400):
        check_against_subsets(tangled(random))


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_changes_nothing(case: Case, random: Random) -> None:
    def shuffled(items: Sequence[T]) -> tuple[T, ...]:
        return tuple(random.sample(items, len(items)))

    other = Case(
        shuffled(case.candidates),
        tuple(Conflict(rule, *shuffled(pair)) for rule, *pair in shuffled(case.conflicts)),
        tuple(one._replace(over=shuffled(one.over)) for one in shuffled(case.caps)),
        tuple(Group(rule, shuffled([shuffled(one) for one in members])) for rule, members in shuffled(case.groups)),
        tuple(one._replace(over=shuffled(one.over)) for one in shuffled(case.quotas)),
    )
    assert other.combined() == case.combined()


@settings(max_examples=150, deadline=None)
@given(cases(), st.data())
def test_widening_never_raises_what_is_certain_nor_lowers_what_can_come(case: Case, data: st.DataObject) -> None:
    def wider(interval: Interval) -> Interval:
        low = data.draw(st.integers(0, int(interval.guaranteed)))
        more = data.draw(st.none() | st.integers(0, 20))
        if more is None or interval.possible is NOT_BOUNDED:
            return Interval(Decimal(low), NOT_BOUNDED)
        return Interval(Decimal(low), number(interval.possible) + more)

    widened = Case(
        tuple(one._replace(interval=wider(one.interval)) for one in case.candidates),
        case.conflicts,
        tuple(one._replace(at=wider(one.at)) for one in case.caps),
        case.groups,
        case.quotas,
    )
    before, after = case.combined().total, widened.combined().total
    assert after.guaranteed <= before.guaranteed
    assert number(after.possible) >= number(before.possible)
    assert after.guaranteed <= number(after.possible)
