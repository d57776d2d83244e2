"""Fifty clauses of four to eight conditions, twice from one description: as a policy, and as Python written by hand.

The description knows nothing of the package. `policy` writes it as an officer would, `by_hand` as an engineer would
who has no engine: one branch for each reason to refuse, then what is missing, then the award, over the same typed
facts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from incentives import Profile

CLAUSES = 50
YEAR = 2025
"""The year before the application, which `last_year` means."""

MONEY = ("assets", "capital", "debt", "equipment", "exports", "payroll", "profit", "rent", "rnd", "taxes")
COUNTS = ("staff", "engineers", "patents", "products", "stores")
BOOLEANS = ("audited", "exporter", "high_tech", "listed", "local", "new", "specialised")
CHOICES = ("grade", "sector", "size", "stage")
WORDS = ("甲", "乙", "丙", "丁", "戊")
MANY = ("fields", "titles")
YEARLY = ("output", "sales", "spending")


class Test(NamedTuple):
    """What one fact must be: `least` … `most` for numbers, one of `words`, or the truth of `flag`."""

    fact: str
    least: int | None = None
    below: int | None = None
    words: tuple[str, ...] = ()
    flag: bool | None = None


class Award(NamedTuple):
    """So many yuan, exactly or at most; or a share of a fact in hundredths, and no more than that."""

    kind: str
    yuan: int
    base: str = ""
    percent: int = 0


class Clause(NamedTuple):
    """All of `tests` must hold; of each inner tuple one."""

    id: str
    tests: tuple[tuple[Test, ...], ...]
    award: Award


class Found(NamedTuple):
    """What is told of a clause: the outcome, the missing facts by name, and from how many yuan to how many."""

    clause: str
    outcome: str
    missing: tuple[str, ...]
    guaranteed: Decimal
    possible: Decimal


def clauses(seed: int) -> tuple[Clause, ...]:
    draw = Random(seed)
    return tuple(_clause(f"c{number:02}", draw) for number in range(CLAUSES))


def _clause(clause_id: str, draw: Random) -> Clause:
    left = draw.randint(4, 8)
    tests: list[tuple[Test, ...]] = []
    while left:
        several = min(left, draw.choice((1, 1, 1, 2, 3)))
        tests.append(tuple(_test(draw) for _ in range(several)))
        left -= several
    yuan = draw.randrange(10, 500) * 10_000
    kind = draw.choice(("exact", "up_to", "share"))
    if kind == "share":
        return Clause(clause_id, tuple(tests), Award(kind, yuan, draw.choice(MONEY), draw.randrange(1, 60)))
    return Clause(clause_id, tuple(tests), Award(kind, yuan))


def _test(draw: Random) -> Test:
    match draw.choice(("money", "money", "count", "boolean", "choice", "choice", "many", "yearly")):
        case "boolean":
            return Test(draw.choice(BOOLEANS), flag=draw.random() < 0.8)
        case "choice":
            return Test(draw.choice(CHOICES), words=tuple(draw.sample(WORDS, draw.choice((1, 2, 3, 4)))))
        case "many":
            return Test(draw.choice(MANY), words=tuple(draw.sample(WORDS, draw.choice((2, 3)))))
        case "count":
            return _bounded(draw.choice(COUNTS), draw, 1)
        case "yearly":
            return _bounded(draw.choice(YEARLY), draw, 10_000)
        case _:
            return _bounded(draw.choice(MONEY), draw, 10_000)


def _bounded(fact: str, draw: Random, unit: int) -> Test:
    least, below = draw.randrange(0, 300) * unit, draw.randrange(700, 1000) * unit
    return draw.choice((Test(fact, least=least), Test(fact, below=below), Test(fact, least=least, below=below)))


# ---------------------------------------------------------------- as a policy


def vocabulary() -> dict[str, Any]:
    """The facts, as a vocabulary is written."""
    words = list(WORDS)
    kinds: dict[str, dict[str, Any]] = {
        **{name: {"type": "money"} for name in MONEY},
        **{name: {"type": "count", "unit": "个"} for name in COUNTS},
        **{name: {"type": "boolean"} for name in BOOLEANS},
        **{name: {"type": "choice", "choices": words} for name in CHOICES},
        **{name: {"type": "choice", "choices": words, "many": True} for name in MANY},
        **{name: {"type": "money", "yearly": True} for name in YEARLY},
    }
    facts = {
        name: {
            "title": {"zh": name, "en": name},
            **kind,
            "question": {"zh": name, "en": name},
            "supplied_by": "company",
        }
        for name, kind in kinds.items()
    }
    return {"vocabulary": 1, "entities": {"company": {"title": {"zh": "企业", "en": "company"}, "facts": facts}}}


def policy(described: tuple[Clause, ...]) -> dict[str, Any]:
    """The clauses, as a policy is written."""
    return {
        "incentives": 2,
        "policy": "fifty",
        "title": "五十条",
        "issuer": "示例区",
        "document": {
            "kind": "official_text",
            "title": "五十条",
            "number": "示例1号",
            "publisher": "示例区",
            "published_on": "2024-01-01",
        },
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": "cumulative",
        "clauses": {
            clause.id: {
                "title": clause.id,
                "when": [_written(tests) for tests in clause.tests],
                "award": {"kind": "奖励", "paid_to": "企业", **_award(clause.award)},
                "source": {"article": clause.id, "says": "示例"},
            }
            for clause in described
        },
    }


def _written(tests: tuple[Test, ...]) -> dict[str, Any]:
    if len(tests) > 1:
        return {"any": [_written((test,)) for test in tests]}
    [test] = tests
    condition: dict[str, Any] = {"last_year" if test.fact in YEARLY else "fact": test.fact}
    if test.flag is not None:
        return {**condition, "is": test.flag}
    if test.words:
        return {**condition, "includes_any" if test.fact in MANY else "in": list(test.words)}
    unit = "" if test.fact in COUNTS else "元"
    if test.least is not None:
        condition["at_least"] = f"{test.least}{unit}"
    if test.below is not None:
        condition["less_than"] = f"{test.below}{unit}"
    return condition


def _award(award: Award) -> dict[str, Any]:
    if award.kind == "share":
        return {"share": f"{award.percent}%", "of": award.base, "cap": f"{award.yuan}元"}
    return {award.kind: f"{award.yuan}元"}


def profile(seed: int, known: float) -> dict[str, Any]:
    """A company of which that share of the facts is known."""
    draw = Random(seed)
    values: dict[str, Any] = {
        **{name: f"{draw.randrange(200, 800) * 10_000}元" for name in MONEY},
        **{name: draw.randrange(200, 800) for name in COUNTS},
        **{name: draw.random() < 0.9 for name in BOOLEANS},
        **{name: draw.choice(WORDS) for name in CHOICES},
        **{name: draw.sample(WORDS, 3) for name in MANY},
        **{name: {YEAR: f"{draw.randrange(200, 800) * 10_000}元"} for name in YEARLY},
    }
    return {"name": "示例公司"} | {name: value for name, value in values.items() if draw.random() < known}


# ---------------------------------------------------------------- by hand

ByHand = Callable[[Profile], tuple[list[Found], Decimal, Decimal]]


def by_hand(described: tuple[Clause, ...]) -> ByHand:
    """The clauses as the Python that an engineer would write for them, compiled."""
    names: dict[str, Any] = {"Decimal": Decimal, "Found": Found, "ZERO": Decimal("0.00")}
    exec(compile(source(described), "fifty_by_hand.py", "exec"), names)
    check: ByHand = names["check"]
    return check


def source(described: tuple[Clause, ...]) -> str:
    """Plain ifs over local names, every constant made once, nothing looked up twice."""
    facts = sorted(
        {test.fact for clause in described for tests in clause.tests for test in tests}
        | {clause.award.base for clause in described if clause.award.base}
    )
    constants: dict[str, str] = {}
    body: list[str] = []
    for fact in facts:
        body.append(f"    {fact} = get({fact!r})")
        if fact in YEARLY:
            body += [f"    if {fact} is not None:", f"        {fact} = {fact}.years.get({YEAR})"]
    body += ["    found = []", "    add = found.append", "    guaranteed = possible = ZERO"]
    for clause in described:
        body += _branches(clause, constants)
    body.append("    return found, guaranteed, possible")
    made = [f"{name} = {value}" for name, value in constants.items()]
    return "\n".join([*made, "", "def check(profile):", "    get = profile.company.values.get", *body, ""])


def _branches(clause: Clause, constants: dict[str, str]) -> list[str]:
    name = clause.id
    award = clause.award
    yuan = _constant(constants, f"Decimal('{award.yuan}.00')")
    constants[f"refused_{name}"] = f"Found({name!r}, 'not_qualified', (), ZERO, ZERO)"
    lines = []
    word = "if"
    for tests in clause.tests:
        lines += [
            f"    {word} {' and '.join(_fails(test, constants) for test in tests)}:",
            f"        add(refused_{name})",
        ]
        word = "elif"
    waits = " or ".join(_waits(tests, constants) for tests in clause.tests)
    lines += [f"    elif {waits}:", "        missing = []"]
    for tests in clause.tests:
        if len(tests) == 1:
            lines += [f"        if {tests[0].fact} is None:", f"            missing.append({tests[0].fact!r})"]
            continue
        lines.append(f"        if {_waits(tests, constants)}:")
        for fact in dict.fromkeys(test.fact for test in tests):
            lines += [f"            if {fact} is None:", f"                missing.append({fact!r})"]
    if award.kind == "share":
        rate = _constant(constants, f"Decimal('{Decimal(award.percent) / 100}')")
        most = f"min({award.base} * {rate}, {yuan})"
        lines += [
            f"        if {award.base} is None:",
            f"            missing.append({award.base!r})",
            f"            most = {yuan}",
            "        else:",
            f"            most = {most}",
            "        possible += most",
            f"        add(Found({name!r}, 'undetermined', tuple(sorted(set(missing))), ZERO, most))",
            f"    elif {award.base} is None:",
            f"        possible += {yuan}",
            f"        add(Found({name!r}, 'qualified', ({award.base!r},), ZERO, {yuan}))",
            "    else:",
            f"        most = {most}",
            "        guaranteed += most",
            "        possible += most",
            f"        add(Found({name!r}, 'qualified', (), most, most))",
        ]
        return lines
    least = yuan if award.kind == "exact" else "ZERO"
    constants[f"qualified_{name}"] = f"Found({name!r}, 'qualified', (), {least}, {yuan})"
    lines += [
        f"        possible += {yuan}",
        f"        add(Found({name!r}, 'undetermined', tuple(sorted(set(missing))), ZERO, {yuan}))",
        "    else:",
        *([f"        guaranteed += {yuan}"] if award.kind == "exact" else []),
        f"        possible += {yuan}",
        f"        add(qualified_{name})",
    ]
    return lines


def _fails(test: Test, constants: dict[str, str]) -> str:
    """The condition is known to fail."""
    return f"{test.fact} is not None and {_negated(test, constants)}"


def _waits(tests: tuple[Test, ...], constants: dict[str, str]) -> str:
    """Where none of them is known to fail the clause: one is not known, and none of the others holds."""
    if len(tests) == 1:
        return f"{tests[0].fact} is None"
    unknown = " or ".join(f"{fact} is None" for fact in dict.fromkeys(test.fact for test in tests))
    fail = " and ".join(f"({test.fact} is None or {_negated(test, constants)})" for test in tests)
    return f"(({unknown}) and {fail})"


def _negated(test: Test, constants: dict[str, str]) -> str:
    if test.flag is not None:
        return f"{test.fact} is {not test.flag}"
    if test.words:
        if test.fact in MANY:
            return f"{test.fact}.isdisjoint({_constant(constants, f'frozenset({test.words!r})')})"
        if len(test.words) == 1:
            return f"{test.fact} != {test.words[0]!r}"
        return f"{test.fact} not in {_constant(constants, f'frozenset({test.words!r})')}"
    least, below = (
        None if end is None else str(end) if test.fact in COUNTS else _constant(constants, f"Decimal({end})")
        for end in (test.least, test.below)
    )
    if least is None:
        return f"{test.fact} >= {below}"
    if below is None:
        return f"{test.fact} < {least}"
    return f"not {least} <= {test.fact} < {below}"


def _constant(constants: dict[str, str], value: str) -> str:
    """A name at the top of the module for what is made once."""
    for name, made in constants.items():
        if made == value:
            return name
    name = f"K{len(constants)}"
    constants[name] = value
    return name
