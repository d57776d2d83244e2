"""The reports on the shipped examples, sign by sign, and what must hold of their layout."""

from __future__ import annotations

import re

import pytest

from tests.cli.columns import column_of, width
from tests.cli.golden_files import REPORTS, expected, printed
from tests.cli.run import EXAMPLES, NAMES, WUHOU, check, report, run
from tests.marks import needs_durable

STORED = expected()


def test_everything_printed_is_as_stored() -> None:
    found = printed()
    assert found.keys() == STORED.keys()
    for name, text in found.items():
        assert text == STORED[name], f"{name}: `python -m tests.cli.rewrite` writes it anew: read it first"


@pytest.mark.parametrize("other", ["native", pytest.param("durable", marks=needs_durable)])
@pytest.mark.parametrize(("name", "lang"), REPORTS)
def test_the_engines_print_the_same_but_for_their_name(name: str, lang: str, other: str) -> None:
    by_another = check(name, "--engine", other, lang=lang).stdout
    assert other in by_another
    assert by_another.replace(other, "reference") == report(name, lang)


@pytest.mark.parametrize("name", sorted(STORED))
def test_no_line_is_wider_than_a_terminal(name: str) -> None:
    if name.startswith("new-profile"):
        return  # a file to fill in, not a report
    for line in STORED[name].splitlines():
        to_copy = line.startswith("incentives ")  # a command is on one line, however long it is
        assert to_copy or width(line) <= 80, line
        assert line == line.rstrip()


@pytest.mark.parametrize(("name", "lang"), REPORTS)
def test_the_columns_of_conditions_stand_under_each_other(name: str, lang: str) -> None:
    words = ("要求", "实际") if lang == "zh" else ("needed", "actual")
    lines = STORED[f"check-{name}.{lang}"].splitlines()
    header = next(line for line in lines if line.split()[:1] == (["条件"] if lang == "zh" else ["condition"]))
    starts = [column_of(header, word) for word in words]
    rows = [line for line in lines[lines.index(header) :] if re.match(r"  [✓✗?] \S", line) and "（见上）" not in line]
    rows = [line for line in rows if "(see above)" not in line]
    assert len(rows) >= 6
    for row in rows:
        columns = _columns(row)
        assert columns[: 1 + len(words)] in ([4, *starts], [2, *starts]), row


def _columns(row: str) -> list[int]:
    """The display columns at which the cells of a row begin, its mark taken as part of the first."""
    return [width(row[: cell.start()]) for cell in re.finditer(r"(?<=  )\S", row)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_several_profiles_are_set_apart_and_stand_in_the_order_given(lang: str) -> None:
    files = [str(EXAMPLES / f"{name}.yaml") for name in NAMES]
    arguments = ("--policy", WUHOU.name, "--lang", lang, "--as-of", "2026-03-01", "--engine", "reference")
    together = run("check", *files, *arguments).stdout
    apart = [report(name, lang) for name in NAMES]
    assert together == f"\n{'=' * 80}\n\n".join(apart)
