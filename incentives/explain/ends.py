"""The ends of ranges in words: at least, at most, on or after. Imports the nodes, fact types and values."""

from __future__ import annotations

import re
from datetime import date

from incentives.explain.amounts import value_text
from incentives.facts.types import DateType, FactType
from incentives.language.nodes import Bound
from incentives.values import Bilingual


def band_text(low: Bound | None, high: Bound | None, of: FactType) -> Bilingual:
    """A range between two ends, with what is inside said."""
    ends = [
        *([_bound_text(low, of, low=True)] if low is not None else []),
        *([_bound_text(high, of, low=False)] if high is not None else []),
    ]
    return Bilingual("，".join(end.zh for end in ends), " and ".join(end.en for end in ends))


def _bound_text(bound: Bound, of: FactType, *, low: bool) -> Bilingual:
    is_day = isinstance(of, DateType) or isinstance(bound.value, date)
    return end_text(value_text(of, bound.value), inclusive=bound.inclusive, low=low, is_day=is_day)


def end_text(text: Bilingual, *, inclusive: bool, low: bool, is_day: bool) -> Bilingual:
    """One end of a range, with whether it is inside itself. A day is before or after it, a figure below or above."""
    match is_day, low, inclusive:
        case True, True, True:
            return Bilingual(f"{text.zh}（含）以后", f"on or after {text.en}")
        case True, True, False:
            return Bilingual(f"{text.zh}以后（不含）", f"after {text.en}")
        case True, False, True:
            return Bilingual(f"{text.zh}（含）以前", f"on or before {text.en}")
        case True, False, False:
            return Bilingual(f"{text.zh}以前（不含）", f"before {text.en}")
        case False, True, True:
            return Bilingual(f"{text.zh}（含）以上", f"at least {text.en}")
        case False, True, False:
            return Bilingual(f"超过{text.zh}", f"more than {text.en}")
        case False, False, True:
            return _at_most(text)
        case _:
            return Bilingual(f"不满{text.zh}", f"less than {text.en}")


def _at_most(text: Bilingual) -> Bilingual:
    """An upper end with itself inside. A rank is the better the smaller: 第5名以下 are the sixth and all behind."""
    is_rank = re.search(r"[0-9][名位]$", text.zh) is not None
    return Bilingual(f"{text.zh}以内" if is_rank else f"{text.zh}（含）以下", f"at most {text.en}")
