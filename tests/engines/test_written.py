"""The native engine's written source: what it reads like, and that it says what closures and the reference say."""

from __future__ import annotations

import keyword
import random
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from incentives import PolicySet, PolicyStatus, Profile, load_policies
from incentives.amounts.yuan import payable
from incentives.engines.native import engine, expressions, statements, written
from incentives.engines.native.engine import NativeEngine, by_closures
from incentives.engines.native.expressions import Writer, Written
from incentives.engines.native.logic import both, negated
from incentives.engines.rows import Verdict
from incentives.facts.reader import profile_of
from incentives.language.model import Policy
from incentives.values import ZERO, Interval
from tests.benchmarks import fifty
from tests.engines.faults import Fault, Patch, seeded
from tests.engines.test_screening import projected
from tests.generators import VOCABULARY_FILE, write
from tests.profiles import examples
from tests.verdicts import policy_set, profile_of_raw, vocabulary_of
from tests.verdicts import profile_of as profile_of_text
from tests.whole.profiles import whole_case

ON = date(2026, 3, 1)
FRACTIONS = (1.0, 0.9, 0.6, 0.3, 0.0)
FIFTY = vocabulary_of(write(fifty.vocabulary()))
VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))


class Case(NamedTuple):
    policies: PolicySet
    profile: Profile
    on: date
    expected: tuple[Verdict, ...]
    """What the reference finds."""

    @property
    def policy(self) -> Policy:
        return self.policies.policies[0]


def case_of(policies: PolicySet, profile: Profile, on: date) -> Case | None:
    """None where the policy is not in force: no engine is asked then."""
    [found] = projected(policies, profile, on).policies
    return Case(policies, profile, on, found.verdicts) if found.status is PolicyStatus.IN_FORCE else None


def of_fifty(seeds: range) -> Iterator[Case | None]:
    for seed in seeds:
        described = fifty.clauses(seed)[:12]
        policies = policy_set(FIFTY, write(fifty.policy(described)))
        for known in FRACTIONS:
            for of_company in range(3):
                company = fifty.profile(100 * seed + of_company, known)
                yield case_of(policies, profile_of(company, FIFTY), ON)


def of_the_generator(count: int) -> Iterator[Case | None]:
    for case in examples(count):
        yield case_of(
            policy_set(VOCABULARY, case.policy_text), profile_of_text(case.profile_text, VOCABULARY), case.on
        )


def of_the_whole_language(seeds: range) -> Iterator[Case | None]:
    for seed in seeds:
        case, rng = whole_case(seed, numbers=True), random.Random(seed)
        policies = policy_set(VOCABULARY, case.policy_text)
        for raw in (case.profile, *(with_some(case.full, known, rng) for known in FRACTIONS)):
            yield case_of(policies, profile_of_raw(raw, VOCABULARY), case.on)


def with_some(full: Mapping[str, Any], known: float, rng: random.Random) -> dict[str, Any]:
    return {key: value for key, value in full.items() if key == "name" or rng.random() < known}


def cases() -> list[Case]:
    drawn = [*of_fifty(range(6)), *of_the_generator(500), *of_the_whole_language(range(300))]
    return [case for case in drawn if case is not None]


@pytest.fixture(scope="module")
def prepared() -> list[Case]:
    return cases()


def first_difference(prepared: list[Case]) -> Case | None:
    native = NativeEngine()
    for case in prepared:
        if native.verdicts(case.policy, case.profile, case.on) != case.expected:
            return case
    return None


def test_what_is_written_says_what_the_closures_and_the_reference_say(prepared: list[Case]) -> None:
    assert first_difference(prepared) is None
    native = NativeEngine()
    for case in prepared:
        compiled = native._of(case.policy)
        assert by_closures(compiled, case.profile, case.on) == case.expected


def test_the_cases_have_clauses_that_are_written_out(prepared: list[Case]) -> None:
    """Were all of them left to closures, nothing here would show anything."""
    texts = {id(case.policies): source(case.policy) for case in prepared}
    assert sum("(place)" not in text for text in texts.values()) > 60
    for part in (
        "for item in items",
        "paid = payable(",
        "NEEDS_REVIEW",
        "common_missing",
        "open0",
        ".years.get(",
        "isdisjoint",
    ):
        assert sum(part in text for text in texts.values()) > 5, part


# ---------------------------------------------------------------- what it reads like


def parts_of_source(policy: Policy) -> tuple[str, dict[str, object]]:
    compiled = NativeEngine()._of(policy)
    return written.source_of(compiled.by_id, policy.common, compiled.node)


def source(policy: Policy) -> str:
    return parts_of_source(policy)[0]


TESTS = (
    (fifty.Test("staff", least=10),),
    (fifty.Test("listed", flag=True), fifty.Test("size", words=("甲", "乙"))),
)


def test_a_small_policy_reads_like_this() -> None:
    described = (
        fifty.Clause("c1", TESTS, fifty.Award("exact", 500_000)),
        fifty.Clause("c2", (TESTS[0],), fifty.Award("share", 900_000, base="rnd", percent=30)),
    )
    policies = policy_set(FIFTY, write(fifty.policy(described)))
    text, constants = parts_of_source(policies.policies[0])
    spoken = set(re.findall(r"K[0-9]+", text))
    made = [f"{name} = {_shown(value)}" for name, value in constants.items() if name in spoken]
    expected = Path(__file__).with_name("written_small.txt").read_text(encoding="utf-8")
    assert "\n".join([*made, "", text]) == expected


def _shown(value: object) -> str:
    return f"frozenset({sorted(value)})" if isinstance(value, frozenset) else repr(value)


def test_nothing_an_author_wrote_is_source() -> None:
    shipped = load_policies().policies
    of_fifty = policy_set(FIFTY, write(fifty.policy(fifty.clauses(1)))).policies
    text = "".join([source(policy) for policy in (*shipped, *of_fifty)])
    assert text.isascii()
    assert not set(text) & set("\"'\\")
    made = re.compile(r"(K|f|i|open)[0-9]+|common_(fails|holds|missing)")
    spoken = {name for name in re.findall(r"[A-Za-z_]\w*", text) if not made.fullmatch(name)}
    assert spoken <= {*keyword.kwlist, *written._NAMES, *" ".join(_PLAIN).split()}


_PLAIN = (
    "screen profile on recalled company lists values get years year series earlier_highest place found add append",
    "missing paid items item key own max min clear sorted len isdisjoint",
)


def test_a_year_before_the_first_one_given_is_left_to_closures() -> None:
    described = (fifty.Clause("c1", ((fifty.Test("sales", least=100),),), fifty.Award("exact", 500_000)),)
    policies = policy_set(FIFTY, write(fifty.policy(described)))
    for highest, outcome in (("100万元", "undetermined"), ("50元", "not_qualified")):
        raw = {"name": "某公司", "sales": {2026: "300万元", "earlier_highest": highest}}
        case = case_of(policies, profile_of(raw, FIFTY), ON)
        assert case is not None
        assert [one.outcome.value for one in case.expected] == [outcome]
        assert first_difference([case]) is None


# ---------------------------------------------------------------- faults


def change_ends(which: str, inclusive: bool) -> Fault:
    def fault(patch: Patch) -> None:
        between = Writer._between

        def changed(self: Writer, low: Any, high: Any, local: str) -> str:
            ends = {"low": low, "high": high}
            if ends[which] is not None:
                ends[which] = ends[which]._replace(inclusive=inclusive)
            return between(self, ends["low"], ends["high"], local)

        patch.setattr(Writer, "_between", changed)

    return fault


def change_unknown(**parts: Any) -> Fault:
    """What a test comes to whose fact nobody has given."""

    def fault(patch: Patch) -> None:
        of_fact = Writer._of_fact

        def changed(self: Writer, *asked: Any) -> Written | None:
            found = of_fact(self, *asked)
            return None if found is None else found._replace(missing="False", waits=(), **parts)

        patch.setattr(Writer, "_of_fact", changed)

    return fault


def unknown_is_false(patch: Patch) -> None:
    of_fact = Writer._of_fact

    def changed(self: Writer, *asked: Any) -> Written | None:
        found = of_fact(self, *asked)
        return None if found is None else found._replace(missing="False", waits=(), fails=negated(found.holds))

    patch.setattr(Writer, "_of_fact", changed)


def change_joins(name: str, other: str) -> Fault:
    return lambda patch: patch.setattr(expressions, name, getattr(expressions, other))


def year_too_early(patch: Patch) -> None:
    local = expressions.Names.local
    patch.setattr(
        expressions.Names,
        "local",
        lambda self, fact, year=None: local(self, fact, None if year is None else year.before(1)),
    )


def close_open_lists(patch: Patch) -> None:
    patch.setattr(Writer, "_refused", lambda _self, _form, _local, known, test: (both([known, negated(test)]), False))


FAULTS: dict[str, Fault] = {
    "at least is read as more than": change_ends("low", inclusive=False),
    "more than is read as at least": change_ends("low", inclusive=True),
    "at most is read as less than": change_ends("high", inclusive=False),
    "less than is read as at most": change_ends("high", inclusive=True),
    "unknown is true": change_unknown(),
    "unknown is false": unknown_is_false,
    "a missing fact is a judgement": change_unknown(judged=True),
    "an open list is closed": close_open_lists,
    "any is read as all": change_joins("any_of", "all_of"),
    "all is read as any": change_joins("all_of", "any_of"),
    "not is dropped": lambda patch: patch.setattr(expressions, "opposite", lambda part: part),
    "what a settled part waits for is told": lambda patch: patch.setattr(
        written, "waits_of", lambda part: list(part.waits)
    ),
    "what is missing is told in the order of the paper": lambda patch: patch.setattr(
        statements, "_in_order", lambda _wait: ()
    ),
    "an absent list is empty": lambda patch: patch.setattr(
        Writer, "_where_gone", lambda *_: Written("False", "True", "False", (), False)
    ),
    "items are told in the order of the profile": lambda patch: patch.setitem(
        written._NAMES, "by_key", lambda _item: ()
    ),
    "a year too early": year_too_early,
    "a fen too little": lambda patch: patch.setitem(
        written._NAMES, "payable", lambda number: max(payable(number) - 1, ZERO)
    ),
    "a share of what is not known is nothing": lambda patch: patch.setattr(
        written, "yuan_between", lambda _amount: Interval(ZERO, ZERO)
    ),
    "the highest is the lowest": lambda patch: patch.setattr(written, "_PICKS", dict.fromkeys(written._PICKS, "max")),
    "an open award is certain": lambda patch: patch.setattr(
        statements.Ends, "open", property(lambda ends: ends.certain)
    ),
    "the series of a year is not left to closures": lambda patch: patch.setattr(engine, "by_closures", lambda *_: ()),
}
"""Faults in what is written, seeded before anything is."""


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_what_is_written_is_seen(prepared: list[Case], fault: Fault) -> None:
    with seeded(fault):
        assert first_difference(prepared) is not None
