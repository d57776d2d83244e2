"""A policy's screening written as one Python function, where its clauses are plain. Imports expressions and clauses.

Of a clause for the company with the conditions `staff` at least 10 and `listed` or `local`, and a fixed award, it
writes this, with a constant under each `K…`:

    f0 = company(K0)
    f1 = company(K1)
    f2 = company(K2)
    if (f0 is not None and not (K3 <= f0)) or (f1 is not None and not (f1 is True) and f2 is not None and …):
        add(K4)
    elif f0 is None or ((f1 is None or f2 is None) and not (…)):
        open0 = (f1 is None or f2 is None) and not (…)
        missing = ()
        if f1 is None and open0:
            missing += K5
        …
        add(new(Verdict, (K8, None, PRESENT, UNDETERMINED, missing, K9)))
    else:
        add(K10)

The order of what is missing is settled here, so that nothing is sorted later; a verdict that can only be one is made
here. A clause that is not plain is refused by those of its parts that are, and otherwise asked of its closures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import cast

from incentives.amounts.yuan import payable, yuan_between
from incentives.engines.native.clauses import NO_LIMIT, CompiledClause
from incentives.engines.native.compiler import Node
from incentives.engines.native.expressions import (
    Names,
    Wait,
    Writer,
    Written,
    nothing_known,
    waits_of,
)
from incentives.engines.native.logic import both, either, negated
from incentives.engines.native.place import Place
from incentives.engines.native.recalled import Recalled
from incentives.engines.native.statements import Branches, Ends, Telling, chosen, indented
from incentives.engines.rows import Awaiting, Verdict
from incentives.engines.subjects import Presence
from incentives.facts.profile import Item, Profile
from incentives.facts.types import MoneyType, QuantityType, RateType
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.nodes import Combined, Condition, Difference, FactValue, How, Literal, Product, Term
from incentives.language.walks import inner
from incentives.values import EXACT, NOTHING, ZERO, Interval, Outcome

Screen = Callable[[Profile, date, "Recalled | None"], "list[Verdict] | None"]
"""The verdicts on a profile and a day; None for a profile that must be left to the closures as a whole."""


def source_of(
    clauses: Sequence[CompiledClause], common: Condition | None, node: Callable[[Condition], Node]
) -> tuple[str, dict[str, object]]:
    """The source of `screen(profile, on, recalled)` for clauses by id, with the constants it needs by name."""
    writing = _Writing(common, node)
    body = [line for clause in clauses for line in writing.clause(clause)]
    lines = ["def screen(profile, on, recalled):", *indented(writing.beginning()), *indented(body)]
    return "\n".join([*lines, *indented(writing.ending()), ""]), writing.names.constants | _NAMES


def made_of(source: str, constants: dict[str, object]) -> Screen:
    """The function that the source defines."""
    scope = dict(constants)
    exec(compile(source, "<native>", "exec"), scope)
    return cast(Screen, scope["screen"])


_NAMES: dict[str, object] = {
    "Awaiting": Awaiting,
    "Interval": Interval,
    "NOTHING": NOTHING,
    "Place": Place,
    **{presence.name: presence for presence in Presence},
    "Verdict": Verdict,
    "ZERO": ZERO,
    "by_key": attrgetter("key"),
    "multiply": EXACT.multiply,
    "new": tuple.__new__,
    "payable": payable,
    "subtract": EXACT.subtract,
    **{outcome.name: outcome for outcome in Outcome},
}


class _Writing:
    """Writes the clauses of one policy, and gathers what must stand before and after them."""

    def __init__(self, common: Condition | None, node: Callable[[Condition], Node]) -> None:
        self.names = Names()
        self._node = node
        self._common = common
        self._common_written = None if common is None else Writer(self.names, node).condition(common)
        self._asks_closures = False

    def beginning(self) -> list[str]:
        lines = ["company = profile.company.values.get", "lists = profile.lists.get"]
        for (fact, year), local in self.names.company.items():
            loaded = f"company({self.names.constant(fact)})"
            if year is None:
                lines.append(f"{local} = {loaded}")
                continue
            number = str(year.number) if year.fixed else f"on.year - {year.number}"
            # Of a year before the first one given the highest value may be known: that is left to closures.
            lines += [
                f"{local} = {loaded}",
                f"if {local} is not None:",
                f"    series, {local} = {local}, {local}.years.get({number})",
                f"    if {local} is None and series.earlier_highest is not None:",
                "        return None",
            ]
        if self._common_written is not None:
            written = self._common_written
            holds = written.holds if written.judged else "not (common_fails or common_missing)"
            lines += [
                f"common_fails = {written.fails}",
                f"common_missing = {written.missing}",
                f"common_holds = {holds}",
            ]
        lines += ["place = Place(profile, on, recalled)"] if self._asks_closures else []
        return [*lines, "found = []", "add = found.append"]

    def ending(self) -> list[str]:
        return [*(["place.items.clear()"] if self._asks_closures else []), "return found"]

    def clause(self, compiled: CompiledClause) -> list[str]:
        if compiled.clause.for_each is None:
            return chosen(self._branches(compiled, None) or [("True", self._closures(compiled))])
        return self._for_each_item(compiled, compiled.clause.for_each.id)

    def _for_each_item(self, compiled: CompiledClause, entity: str) -> list[str]:
        self.names.item.clear()
        each = self._branches(compiled, entity)
        if each is None:
            return self._closures(compiled)
        loaded = [f"{local} = own({self.names.constant(fact)})" for fact, local in self.names.item.items()]
        [none] = compiled.verdicts(Place(Profile(Item("", "", {}), {entity: ()}), date.min), None)
        # What is refused with nothing known is refused whatever is known.
        refused = none.outcome is Outcome.NOT_QUALIFIED
        absent = self._branches(compiled, entity, gone=True)
        return [
            f"items = lists({self.names.constant(entity)})",
            "if items is None:",
            *indented(self._closures(compiled) if absent is None else chosen(absent)),
            "elif not items:",
            *indented([f"add({self.names.constant(none)})"] if refused else self._closures(compiled)),
            "else:",
            "    for item in items if len(items) == 1 else sorted(items, key=by_key):",
            *indented(indented(["key = item.key", *(["own = item.values.get"] if loaded else []), *loaded])),
            *indented(indented(chosen(each))),
        ]

    def _branches(self, compiled: CompiledClause, entity: str | None, *, gone: bool = False) -> Branches | None:
        """What is done with one subject; None where its items cannot be looked at one by one."""
        writer = Writer(self.names, self._node, entity if gone else None)
        parts = [self._shared() if part is self._common else writer.condition(part) for part in compiled.parts]
        plain = [part for part in parts if part is not None]
        award = self._award(compiled, gone=gone)
        verdict = Telling(self.names, compiled.clause.id, entity, gone=gone)
        refused = (either([part.fails for part in plain]), verdict.lines(Outcome.NOT_QUALIFIED, (), "NOTHING"))
        if award is None or len(plain) < len(parts):
            # Each item alone is not asked of closures, which go through all of them.
            return [refused, ("True", self._closures(compiled))] if entity is None else None
        waits = [wait for part in plain for wait in waits_of(part)]
        return [
            refused,
            (either([part.missing for part in plain]), verdict.with_award(Outcome.UNDETERMINED, waits, award)),
            (
                negated(both([part.holds for part in plain])) if any(part.judged for part in plain) else "False",
                verdict.with_award(Outcome.NEEDS_REVIEW, (), award),
            ),
            ("True", verdict.with_award(Outcome.QUALIFIED, (), award)),
        ]

    def _shared(self) -> Written | None:
        """The common conditions, settled before all clauses."""
        written = self._common_written
        if written is None:
            return None
        return written._replace(holds="common_holds", fails="common_fails", missing="common_missing")

    def _closures(self, compiled: CompiledClause) -> list[str]:
        self._asks_closures = True
        common = None if self._common is None else self._node(self._common).state

        def ask(place: Place) -> Sequence[Verdict]:
            return compiled.verdicts(place, None if common is None else common(place))

        return [f"found += {self.names.constant(ask)}(place)"]

    def _award(self, compiled: CompiledClause, *, gone: bool) -> Ends | None:
        """What the award comes to; None where only closures work it out."""
        fixed, constant = compiled.fixed, self.names.constant
        if gone:
            if fixed is None:
                return None
            name = constant(NOTHING if fixed.possible == 0 else NO_LIMIT)
            return Ends(name, name)
        if fixed is not None:
            return Ends(constant(fixed), constant(Interval(ZERO, fixed.possible)))
        facts: set[Fact] = set()
        paid = self._amount(compiled.clause.award.amount, facts)
        if paid is None or len(facts) != 1:
            return None
        [fact] = facts
        place = nothing_known()
        if fact.entity != COMPANY:
            place = place.at_item(Item("", "", {}))
        place.awaited = {}
        unknown = yuan_between(compiled.amount(place))
        if [(one.entity, one.fact) for one in place.awaited] != [(fact.entity, fact.id)]:
            return None
        return Ends(
            "Interval(paid, paid)",
            "Interval(ZERO, paid)",
            Wait((fact.entity, fact.id), f"{self.names.local(fact)} is None"),
            f"payable({paid})",
            (constant(unknown), constant(Interval(ZERO, unknown.possible))),
        )

    def _amount(self, term: Term, facts: set[Fact]) -> str | None:
        """An amount of known facts, which are added to `facts`; None where it is more than products and the like."""
        match term:
            case Literal(Decimal() as value):
                return self.names.constant(value)
            case FactValue(fact) if isinstance(fact.type, MoneyType | RateType | QuantityType):
                facts.add(fact)
                return self.names.local(fact)
            case Product():
                operation = "multiply"
            case Difference():
                operation = "subtract"
            case Combined(How.LARGEST | How.SMALLEST as how):
                operation = _PICKS[how]
            case _:
                return None
        parts = [self._amount(part, facts) for part in inner(term)]
        written = [part for part in parts if part is not None]
        if len(written) < len(parts):
            return None
        return f"{operation}({', '.join(written)})" if len(written) > 1 else written[0]


_PICKS = {How.LARGEST: "max", How.SMALLEST: "min"}
