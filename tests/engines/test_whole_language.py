"""The laws of intervals on policies of the whole language: every engine against worlds of the independent oracle.

Cases are numbered and the same on every run; `INCENTIVES_SEARCH=long` looks at many more, new ones each time. What
fails is made smaller, kept below `tests/cases/found` and replayed by the conformance suite for ever.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest

from incentives import Decision, Evaluator, PolicyRefused, engines_present
from tests.conformance.cases import store_found
from tests.engines.test_laws import shuffled, with_shuffled_clauses
from tests.generators import VOCABULARY_FILE, vocabulary, write
from tests.verdicts import policy_set, profile_of_raw, vocabulary_of
from tests.whole.checks import (
    Found,
    assert_attained,
    assert_exact,
    assert_narrower,
    assert_sound,
    found_in,
    sides_meet,
    worlds,
)
from tests.whole.completions import Candidates, completions
from tests.whole.gaps import Gap, before_founding, filled, has_a_beginning, tells_no_less
from tests.whole.profiles import WholeCase, whole_case
from tests.whole.smaller import smaller

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
LONG = os.environ.get("INCENTIVES_SEARCH") == "long"
Raw = Mapping[str, Any]


def search(check: Callable[[WholeCase], None], count: int) -> None:
    """Hold so many cases against a check; what fails is made smaller and stored before it is raised."""
    first = random.SystemRandom().randrange(10**9) if LONG else 0
    for seed in range(first, first + count * (40 if LONG else 1)):
        case = whole_case(seed, numbers=True)
        try:
            check(case)
        except Exception as found:
            least = smaller(case, partial(_fails, check, type(found)))
            store_found(least.policy_text, least.profile_text, least.on)
            print(f"case {seed}, made smaller:\n{least}")
            check(least)
            raise


def _fails(check: Callable[[WholeCase], None], kind: type[Exception], case: WholeCase) -> bool:
    try:
        policy_set(VOCABULARY, case.policy_text)
    except (AssertionError, PolicyRefused):
        return False
    try:
        check(case)
    except kind:
        return True
    except Exception:
        return False
    return False


def decided(case: WholeCase, profile: Raw, engine: str = "reference") -> Decision:
    policies = policy_set(VOCABULARY, case.policy_text)
    return Evaluator(policies, engine).check(profile_of_raw(profile, VOCABULARY), case.on)


def found(case: WholeCase, profile: Raw) -> Found:
    return found_in(decided(case, profile).policies[0])


def test_with_everything_known_both_ends_are_exact() -> None:
    search(lambda case: assert_exact(found(case, case.full), case.policy, vocabulary(), case.full, case.on), 500)


def test_every_world_lies_inside_the_interval() -> None:
    search(_is_sound, 300)


def _is_sound(case: WholeCase) -> None:
    rng, policy = random.Random(0), case.policy
    filled_in = completions(policy, vocabulary(), case.profile, case.on, rng, 25)
    said = found(case, case.profile)
    for full, outcome in worlds(policy, vocabulary(), (case.full, *filled_in), case.on, rng):
        assert_sound(said, full, outcome)


def test_an_end_is_attained_unless_a_missing_fact_is_named_as_read_twice() -> None:
    search(_is_attained, 500)


def _is_attained(case: WholeCase) -> None:
    known = Candidates(case.policy, vocabulary(), case.profile, case.on)
    if sides_meet(case.policy):
        return
    if not 0 < len(known.gaps) <= 2 or not has_a_beginning(case.policy):
        return
    [said] = decided(case, case.profile).policies
    # Where nothing is missed, the ends rest on what people set at will, of which worlds are a sample.
    if said.shared or not said.missing or any(_is_never_named(gap) for gap in known.gaps):
        return
    # Where a first time is asked for, a world has nothing in the years before the founding, in which nothing can have
    # been reached. To whatever else reads such a year its figure is missing like any other, and never taken for
    # nothing: the bound is sound and as wide as every figure makes it, wider than that of these worlds.
    if any(before_founding(gap, case.policy, case.profile) for gap in known.gaps):
        return
    rng, policy = random.Random(0), case.policy
    filled_in = completions(policy, vocabulary(), case.profile, case.on, rng, 2000)
    outcomes = [outcome for _, outcome in worlds(policy, vocabulary(), (case.full, *filled_in), case.on, rng)]
    assert_attained(found_in(said), outcomes)


def _is_never_named(gap: Gap) -> bool:
    """A whole list, and what only a person can say: neither is a fact that somebody could give."""
    facts = vocabulary()["entities"][gap.entity]["facts"]
    return gap.fact is None or "judgement" in facts[gap.fact]


def test_learning_a_fact_only_narrows() -> None:
    search(_only_narrows, 200)


def _only_narrows(case: WholeCase) -> None:
    rng, profile, before = random.Random(0), dict(case.profile), found(case, case.profile)
    for _ in range(30):
        known = Candidates(case.policy, vocabulary(), profile, case.on)
        open_now = [gap for gap in known.gaps if tells_no_less(profile, gap)]
        if not open_now:
            return
        gap = rng.choice(open_now)
        profile = filled(profile, gap, rng.choice(known.of(gap, rng)))
        after = found(case, profile)
        assert_narrower(before, after)
        before = after


@pytest.mark.parametrize("kept", ["full", "profile"])
def test_engines_agree_whatever_the_order(kept: str) -> None:
    search(lambda case: _agree(case, getattr(case, kept)), 250)


def _agree(case: WholeCase, profile: Raw) -> None:
    rng = random.Random(0)
    reordered = case._replace(policy_text=write(with_shuffled_clauses(case.policy, rng)))
    expected = decided(case, profile)
    for engine in engines_present():
        assert decided(case, profile, engine) == expected, f"{engine} differs from the reference"
        again = decided(reordered, shuffled(profile, rng), engine)
        assert again == expected, f"{engine} differs when the order does"


def test_the_cases_hold_every_part_of_the_language() -> None:
    """A generator that stopped drawing something would make every other test here weaker, in silence."""
    written: Counter[str] = Counter()
    for seed in range(600):
        written.update(_keys(whole_case(seed, numbers=True).policy))
    scarce = {key: written[key] for key in EVERY_KEY if written[key] < 4}
    assert scarce == {}


def _keys(part: Any) -> list[str]:
    if isinstance(part, Mapping):
        return [key for one, inner in part.items() for key in (str(one), *_keys(inner))]
    return [key for inner in part for key in _keys(inner)] if isinstance(part, list) else []


_TERMS = (
    "this_year last_year year_before_last value_of years_ago sum_of mean_of largest_of smallest_of years last where",
    "through since count_of growth_of increase_of ratio_of to when_undefined difference_of minus share of product_of",
    "by years_since months_since days_since until day plus rows gives otherwise cases when slices_of slices rate",
    "slices_of_increase first_time_reaching steps pays then_every before for_every above per_unit already_granted",
    "in_whole each rest_counts from years_granted times_granted years_since_first_granted accounting_years_since",
    "same",
)
_CONDITIONS = (
    "all any not fact some every none has_title level event valid within_last in_year is in includes_any open",
    "in_case must among starts_with at_least more_than at_most less_than each_year any_year judgement not_published",
)
_AWARDS = (
    "exact up_to not_below between discretionary recognition relief tiers tier_cases adds_up base_cap less_granted",
    "tier paid_after either_of",
    "same_item with_support floor rounding mode nothing_below cap at per instalments each_up_to other or_in_kind",
)
_POLICIES = (
    "once_only once_for_each in_force definitions for_each common_conditions higher_of within exclusive with",
    "over rules one_item_of items_at_most together budget limits_awards",
)
EVERY_KEY = " ".join((*_TERMS, *_CONDITIONS, *_AWARDS, *_POLICIES)).split()
