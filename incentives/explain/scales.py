"""Rows of tables, slices, steps and whole units in words. Imports the nodes, fact types and values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from incentives.explain.amounts import value_text
from incentives.explain.ends import band_text
from incentives.facts.types import CountType, FactType, MoneyType, RateType
from incentives.language.nodes import Row, Slice, Steps
from incentives.values import Bilingual


def row_text(row: Row, key: FactType) -> Bilingual:
    """What a row of a table asks of its key."""
    if row.values is not None:
        return listed(value_text(key, value) for value in row.values)
    return band_text(row.low, row.high, key)


def called(name: str | None, row: Bilingual) -> Bilingual:
    """A row behind the paper's name of its tier, where it has one."""
    return row if name is None else Bilingual(f"【{name}】{row.zh}", f"[{name}] {row.en}")


def slice_text(one: Slice, of: FactType) -> Bilingual:
    """A part of an amount, and the rate it counts at."""
    return joined(_part_between(one.low, one.high, of), "按", " at ", value_text(RateType(), one.rate))


def _part_between(low: Decimal, high: Decimal | None, of: FactType) -> Bilingual:
    """The part of an amount that lies between two ends: to which of them an end itself belongs changes nothing."""
    first = value_text(of, low)
    if high is None:
        return (
            Bilingual(f"超过{first.zh}的部分", f"the part above {first.en}")
            if low
            else Bilingual("全部", "all of it")
        )
    last = value_text(of, high)
    if not low:
        return Bilingual(f"{last.zh}以内的部分", f"the part up to {last.en}")
    return Bilingual(f"{first.zh}至{last.zh}的部分", f"the part from {first.en} to {last.en}")


def sliced(head: Bilingual, slices: Iterable[Slice], of: FactType) -> Bilingual:
    """What is worked out slice by slice: each with its rate."""
    rows = [slice_text(one, of) for one in slices]
    return Bilingual(
        f"{head.zh}（{'；'.join(row.zh for row in rows)}）", f"{head.en} ({'; '.join(row.en for row in rows)})"
    )


def steps(base: Bilingual, term: Steps) -> Bilingual:
    """What is paid for each mark when it is first reached."""
    rows = [
        joined(value_text(term.key, step.at), "：", ": ", value_text(MoneyType(), step.gives)) for step in term.steps
    ]
    text = Bilingual(
        f"{base.zh}首次达到（{'；'.join(row.zh for row in rows)}）",
        f"the sum for the mark first reached by {base.en} ({'; '.join(row.en for row in rows)})",
    )
    if term.then_every is None:
        return text
    every, gives = value_text(term.key, term.then_every[0]), value_text(MoneyType(), term.then_every[1])
    return Bilingual(
        f"{text.zh}，此后每满{every.zh}再给{gives.zh}", f"{text.en}, then {gives.en} for each further {every.en}"
    )


def whole_units(
    base: Bilingual, each: Bilingual, unit: str, rest: tuple[Decimal, bool, FactType] | None
) -> Bilingual:
    """飞行分钟数按每60分钟计1小时（余数超过30分钟的计1小时）."""
    one = value_text(CountType(unit), 1)
    if rest is None:
        left = Bilingual("余数不计", "a rest does not count")
    elif rest[0] == 0:
        left = Bilingual(f"余数计{one.zh}", "a rest counts as one")
    else:
        begins = value_text(rest[2], rest[0])
        left = Bilingual(
            f"余数{begins.zh}（含）以上计{one.zh}" if rest[1] else f"余数超过{begins.zh}计{one.zh}",
            f"a rest {'of at least' if rest[1] else 'above'} {begins.en} counts as one",
        )
    return Bilingual(
        f"{base.zh}每{each.zh}计{one.zh}（{left.zh}）", f"{one.en} for each {each.en} of {base.en} ({left.en})"
    )


def joined(left: Bilingual, zh: str, en: str, right: Bilingual, after: Bilingual | None = None) -> Bilingual:
    """Two texts with words between them in either language, and perhaps some after them."""
    end = after if after is not None else Bilingual("", "")
    return Bilingual(f"{left.zh}{zh}{right.zh}{end.zh}", f"{left.en}{en}{right.en}{end.en}")


def listed(parts: Iterable[Bilingual]) -> Bilingual:
    """Texts one after the other."""
    texts = list(parts)
    return Bilingual("、".join(part.zh for part in texts), ", ".join(part.en for part in texts))
