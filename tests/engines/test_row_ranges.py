"""A row whose amount reads the key of its table again is worked out with the key in that row, on every engine.

So are cases, and tiers by cases, that go by the figures of one fact.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from incentives import Interval, PolicyDecision
from incentives.engines import engines_present
from incentives.values import NOT_BOUNDED, NotBounded
from tests.engines.test_whole_language import VOCABULARY
from tests.generators import write
from tests.verdicts import decide, policy_set, profile_of_raw
from tests.whole.profiles import ON

Raw = Mapping[str, Any]

TENTH = {"share": "10%", "of": "deposit"}
LATE = {"value_of": "sales", "year": "last_year"}


def decided(award: Raw, engine: str, profile: Raw, **policy: Any) -> PolicyDecision:
    document = {"kind": "official_text", "title": "分档", "number": "1号", "publisher": "某区"}
    written = {
        "incentives": 2,
        "policy": "rows",
        "title": "分档",
        "issuer": "某区",
        "document": {**document, "published_on": "2024-01-01"},
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": "cumulative",
        **policy,
        "clauses": {
            "c": {
                "title": "条款",
                "award": {"kind": "奖励", **award, "paid_to": "企业"},
                "source": {"article": "第一条", "says": "原文"},
            }
        },
    }
    known = profile_of_raw({"name": "某公司", **profile}, VOCABULARY)
    [found] = decide(policy_set(VOCABULARY, write(written)), known, ON, engine).policies
    return found


def interval(low: str, high: str | None) -> Interval:
    return Interval(Decimal(low), NOT_BOUNDED if high is None else Decimal(high))


TIERS = [{"at_least": "100万元", "less_than": "1000万元", **TENTH}, {"at_least": "1000万元", "exact": "200万元"}]
ROWS = [{"at_least": "1000万元", "gives": TENTH}, {"at_least": "100万元", "gives": {"share": "20%", "of": "deposit"}}]


@pytest.mark.parametrize("engine", engines_present())
@pytest.mark.parametrize(
    ("award", "expected"),
    [
        ({"by": "deposit", "tiers": TIERS}, interval("0", "2000000")),
        ({"exact": {"by": "deposit", "rows": ROWS, "otherwise": "500万元"}}, interval("200000", None)),
        (
            {"exact": {"by": "deposit", "rows": [{"at_most": "100万元", "gives": TENTH}], "otherwise": "deposit"}},
            interval("0", None),
        ),
        (
            {"exact": {"by": LATE, "rows": [{"at_least": "1亿元", "gives": "50万元"}], "otherwise": LATE}},
            interval("0", "100000000"),
        ),
        (
            {
                "exact": {
                    "cases": [{"when": {"fact": "rd_share", "at_least": "80%"}, "gives": "700万元"}],
                    "otherwise": {"product_of": ["700万元", {"ratio_of": "rd_share", "to": "80%"}]},
                }
            },
            interval("0", "7000000"),
        ),
        (
            {
                "tier_cases": [
                    {
                        "when": {"fact": "deposit", "at_least": "100万元"},
                        "share": "20%",
                        "of": "deposit",
                        "cap": "30万元",
                    },
                    {"when": [{"fact": "deposit", "at_least": "50万元"}], **TENTH},
                ],
                "otherwise": {"exact": {"smallest_of": ["deposit", "8万元"]}},
            },
            interval("0", "300000"),
        ),
        (
            {"exact": {"by": "known", "rows": [{"at_most": "100万元", "gives": "tenth"}], "otherwise": "10万元"}},
            interval("0", "100000"),
        ),
    ],
    ids=["tiers", "open upwards", "otherwise", "a year", "cases", "tiers by cases", "definitions"],
)
def test_a_row_is_worked_out_with_the_key_in_that_row(engine: str, award: Raw, expected: Interval) -> None:
    definitions = {"known": {"title": "保证金", "value_of": "deposit"}, "tenth": {"title": "一成", **TENTH}}
    found = decided(award, engine, {}, definitions=definitions)
    assert found.total == expected
    assert [fact.fact for fact in found.missing] == [
        next((fact for fact in ("sales", "rd_share") if fact in str(award)), "deposit")
    ]


@pytest.mark.parametrize("engine", engines_present())
def test_what_a_definition_comes_to_in_one_row_says_nothing_of_another(engine: str) -> None:
    rows = [{"less_than": "100万元", "gives": "tenth"}, {"at_least": "100万元", "gives": "rest"}]
    definitions = {
        "tenth": {"title": "一成", **TENTH},
        "rest": {"title": "余下", "difference_of": "300万元", "minus": "tenth"},
    }
    known = decided({"exact": {"by": "deposit", "rows": rows}, "cap": "250万元"}, engine, {}, definitions=definitions)
    assert known.total == interval("0", "2500000")
    beside = {"adds_up": [{"exact": {"by": "deposit", "rows": rows}}, {"exact": "tenth"}]}
    assert decided(beside, engine, {}, definitions=definitions).total == interval("0", None)


BOUNDS = (10, 20, 50, 80)
"""In 万元."""


def drawn(rng: random.Random) -> dict[str, Any]:
    """A table by the deposit, its rows apart from each other or all open at one end."""
    ends = sorted(rng.sample(BOUNDS, rng.randint(1, 3)))
    kind = rng.choice(("bands", "from above", "from below"))
    match kind:
        case "bands":
            rows = [
                {"at_least": f"{low}万元", **({"less_than": f"{high}万元"} if high else {})}
                for low, high in zip(ends, [*ends[1:], rng.choice((None, 100))], strict=True)
            ]
        case "from above":
            rows = [{"more_than": f"{low}万元"} for low in reversed(ends)]
        case _:
            rows = [{"at_most": f"{high}万元"} for high in ends]
    for row in rows:
        row["gives"] = given(rng)
    otherwise: Any = rng.choice(("3万元", "20万元"))
    if kind != "bands" and rng.random() < 0.5:
        otherwise = given(rng)  # what lies past rows that are open at one end is one stretch
    if rng.random() < 0.5:
        return {"by": "deposit", "rows": rows, "otherwise": otherwise}
    return {"cases": [as_case(row, rng) for row in rows], "otherwise": otherwise}


def as_case(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A row of a table as a case: its bounds are a condition."""
    asked: Any = {"fact": "deposit", **{key: end for key, end in row.items() if key != "gives"}}
    return {"when": [asked] if rng.random() < 0.3 else asked, "gives": row["gives"]}


def given(rng: random.Random) -> Any:
    return rng.choice(
        (
            "7万元",
            "deposit",
            {"share": f"{rng.choice((10, 50))}%", "of": "deposit"},
            {"difference_of": "90万元", "minus": "deposit"},
            {"smallest_of": ["deposit", "30万元"]},
            {"slices_of": "deposit", "slices": [{"at_most": "40万元", "rate": "10%"}]},
        )
    )


def test_both_ends_of_a_table_whose_rows_read_its_key_are_attained() -> None:
    rng = random.Random(0)
    fens = [0, *(bound * 1_000_000 + more for bound in (*BOUNDS, 100, 30, 40, 90) for more in (-1, 0, 1)), 10**12]
    seen = 0
    for _ in range(60):
        award = {"exact": drawn(rng), "floor": "0元"}
        said = decided(award, "reference", {})
        for engine in engines_present():
            assert decided(award, engine, {}) == said, award
        if not said.missing:
            continue
        assert said.shared == ()
        paid = [
            decided(award, "native", {"deposit": f"{fen // 100}.{fen % 100:02}元"}).total.guaranteed for fen in fens
        ]
        low, high = said.total.guaranteed, said.total.possible
        assert abs(min(paid) - low) < 1, award
        assert max(paid) > 10**8 if isinstance(high, NotBounded) else abs(max(paid) - high) < 1, award
        seen += 1
    assert seen > 30
