"""What a policy reads and a profile leaves open, and profiles in which one gap is filled.

Works on raw data alone, so that stored cases can be completed like generated ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from tests.oracle_values import day
from tests.oracle_world import COMPANY, NAME, first_year, ledger_reaches

Raw = Mapping[str, Any]

_HAS_TITLE = {"has_title": "title_kind", "level": "title_level", "event": "event", "valid": "valid_until"}
_HAS_TITLE |= {"within_last": "granted_on", "in_year": "granted_on"}
_LEDGER = (
    *("already_granted", "less_granted", "once_only", "once_for_each"),
    *("years_granted", "times_granted", "years_since_first_granted"),
)


class Gap(NamedTuple):
    """One thing that is not known: a fact, one year of it, or a whole list; of the company or of an item.

    `place` is the number of the item in the list `listed`. Beside its years stands the highest of all earlier ones.
    """

    entity: str
    fact: str | None
    year: int | str | None = None
    listed: str | None = None
    place: int | None = None


# ---------------------------------------------------------------- what a policy reads


EARLIER = "earlier_highest"


class Reads(NamedTuple):
    """`facts` counts the places in which each fact is read; `lists` are the entities that are gone through.

    A fact that is read in several years is read once for each; but where a test is repeated over years, two of its
    readings can meet in one.
    """

    facts: Mapping[tuple[str, str], int]
    lists: frozenset[str]
    literals: tuple[Any, ...]


def reads(policy: Raw, vocabulary: Raw) -> Reads:
    facts: dict[tuple[str, str], int] = {}
    lists: set[str] = set()
    literals: list[Any] = []
    entities = vocabulary["entities"]
    definitions = policy.get("definitions") or {}

    def note(fact: str, entity: str | None = None) -> None:
        for owner in entities:
            if fact in entities[owner]["facts"] and entity in (None, owner):
                facts[owner, fact] = facts.get((owner, fact), 0) + 1
                if owner != COMPANY:
                    lists.add(owner)

    def ledger() -> None:
        for fact in ("policy", "clause", "year", "amount", "matter", "tier"):
            note(fact, "grant")
        note("ledger_from", COMPANY)
        if undated(policy):
            note("founded", COMPANY)

    def look(part: Any) -> None:
        if isinstance(part, Mapping):
            if "has_title" in part:
                for key, fact in _HAS_TITLE.items():
                    if key in part:
                        note(fact, "title")
            if ledger_in(part):
                ledger()
            if "first_time_reaching" in part and "before" not in part:
                note("founded", COMPANY)  # before it there is no year that anything can have been reached in
            if "each_year" in part or "any_year" in part:
                look({key: value for key, value in part.items() if key not in ("each_year", "any_year")})
            less = part.get("less_granted")
            if ("same" in part and ledger_in(part)) or (isinstance(less, Mapping) and "same" in less):
                note("matter_kind", "grant")
            for key, value in part.items():
                if key in ("title", "says", "source", "kind", "paid_to", "for_each", "per", "order"):
                    if key == "for_each":
                        lists.add(value)
                    continue
                literals.append(key)
                look(value)
        elif isinstance(part, list):
            for one in part:
                look(one)
        elif isinstance(part, str) and NAME.fullmatch(part):
            owner, _, fact = part.rpartition(".")
            if owner in entities:
                lists.add(owner)
            if isinstance(definitions.get(fact), Mapping):
                look({key: value for key, value in definitions[fact].items() if key != "title"})
            elif part in entities:
                lists.add(part)
            else:
                note(fact, owner or None)
        else:
            literals.append(part)

    for section in ("stacking", "common_conditions", "clauses"):
        look(policy.get(section))
    return Reads(facts, frozenset(lists - {COMPANY}), tuple(literals))


def ledger_in(part: Mapping[str, Any]) -> bool:
    """Whether a part asks the ledger."""
    return any(key in part for key in _LEDGER) or part.get("per") in ("company", ["company", "year"])


def writes(policy: Raw, key: str) -> bool:
    """Whether a policy writes a key anywhere: what only that can tell apart is tried for no other policy."""
    return f"'{key}':" in repr(policy)


def undated(policy: Raw) -> bool:
    """Whether nobody knows since when there can be grants: then since the company was founded."""
    return bool(policy["in_force"].get("counted_from") == "not_published")


def has_a_beginning(part: Any) -> bool:
    """Whether every span of years has one: not over every year there ever was, nor over all since a day."""
    if isinstance(part, Mapping):
        span = part.get("years")
        if span == "all" or (isinstance(span, Mapping) and not span.keys() & {"last", "from"}):
            return False
        return all(has_a_beginning(inner) for inner in part.values())
    return not isinstance(part, list) or all(has_a_beginning(inner) for inner in part)


# ---------------------------------------------------------------- what is not known


def window(on: date) -> range:
    """The years that the policies of the tests look back to."""
    return range(on.year - 5, on.year + 1)


def gaps(read: Reads, policy: Raw, vocabulary: Raw, profile: Raw, on: date) -> list[Gap]:
    """Everything that a policy reads and the profile does not give; also the years that the ledger leaves out."""
    found: list[Gap] = []
    if profile.get("ledger_from") is not None and (COMPANY, "ledger_from") in read.facts:
        found += [] if ledger_reaches(profile, first_year(policy)) else [Gap(COMPANY, "ledger_from")]
    for entity in (COMPANY, *sorted(read.lists)):
        declared = vocabulary["entities"][entity]
        names = [fact for owner, fact in read.facts if owner == entity]
        if entity == COMPANY:
            found += _of_holder(entity, names, declared, profile, on)
        elif profile.get(declared["list"]) is None:
            found.append(Gap(entity, None, None, declared["list"]))
        else:
            for place, item in enumerate(profile[declared["list"]]):
                inside = _of_holder(entity, names, declared, item, on)
                found += [gap._replace(listed=declared["list"], place=place) for gap in inside]
    return found


def _of_holder(entity: str, names: list[str], declared: Raw, holder: Raw, on: date) -> Iterator[Gap]:
    for fact in names:
        if declared["facts"][fact].get("yearly"):
            series = holder.get(fact) or {}
            yield from (Gap(entity, fact, year) for year in window(on) if series.get(year) is None)
            if declared["facts"][fact]["type"] in ("money", "count") and series and series.get(EARLIER) is None:
                yield Gap(entity, fact, EARLIER)
        elif holder.get(fact) is None:
            yield Gap(entity, fact)


def filled(profile: Raw, gap: Gap, value: Any) -> dict[str, Any]:
    """The profile with one more thing known. With the years of the ledger come the grants of those years."""
    known = dict(profile)
    if isinstance(value, tuple):
        value, grants = value
        if known.get("grants") is not None:
            known["grants"] = [*known["grants"], *grants]
    if gap.fact is None:
        assert gap.listed is not None
        known[gap.listed] = value
        return known
    if gap.listed is None:
        _give(known, gap, value)
        return known
    items = [dict(item) for item in known[gap.listed]]
    assert gap.place is not None
    _give(items[gap.place], gap, value)
    known[gap.listed] = items
    return known


def _give(holder: dict[str, Any], gap: Gap, value: Any) -> None:
    assert gap.fact is not None
    if gap.year is None:
        holder[gap.fact] = value
    else:
        holder[gap.fact] = {**(holder.get(gap.fact) or {}), gap.year: value}


def before_founding(gap: Gap, policy: Raw, profile: Raw) -> bool:
    """Whether what is not known is a figure of a year in which nothing can have been reached yet."""
    founded = profile.get("founded") if writes(policy, "first_time_reaching") else None
    return founded is not None and isinstance(gap.year, int) and gap.year < day(str(founded)).year


def nothing_before_founding(values: list[Any], declared: Raw, gap: Gap, policy: Raw, profile: Raw) -> list[Any]:
    """What a company can have had in a year: nothing before its founding, where what was reached before is asked.

    Everywhere else a figure of such a year is one like any other: the company can carry on what another one had.
    """
    founded = profile.get("founded") if writes(policy, "first_time_reaching") else None
    if founded is None or gap.entity != COMPANY or gap.year is None or declared["type"] not in ("money", "count"):
        return values
    begun = day(str(founded)).year
    if gap.year != EARLIER:
        return values if int(gap.year) >= begun else [values[0]]
    given = [year for year in profile.get(gap.fact or "") or {} if isinstance(year, int)]
    return [values[0]] if given and min(given) <= begun else values


def tells_no_less(profile: Raw, gap: Gap) -> bool:
    """Whether filling a gap keeps all that was known.

    The highest of the years before the first one given says nothing any more of years after another first one.
    """
    series = profile.get(gap.fact or "") if gap.listed is None else None
    if not isinstance(gap.year, int) or not isinstance(series, Mapping) or series.get(EARLIER) is None:
        return True
    return gap.year >= min(year for year in series if isinstance(year, int)) - 1
