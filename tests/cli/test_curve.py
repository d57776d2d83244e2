"""`incentives curve`: what it draws, into which file, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from incentives.cli.exits import Exit
from incentives.drawing import png
from tests.cli.run import EXAMPLES, WUHOU, run

PROFILE = str(EXAMPLES / "all-three.yaml")
OVER = ("--over", "investment", "--policy", WUHOU.name, "--as-of", "2026-03-01", "--lang", "zh")


def test_a_picture_is_written_and_nothing_is_printed(tmp_path: Path) -> None:
    out = tmp_path / "curve.svg"
    result = run("curve", PROFILE, *OVER, "--out", str(out))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert out.read_text(encoding="utf-8").startswith("<svg ")
    assert [path.name for path in tmp_path.iterdir()] == ["curve.svg"]


def test_what_was_there_stays_where_the_picture_cannot_be_drawn(tmp_path: Path) -> None:
    out = tmp_path / "curve.svg"
    out.write_text("earlier", encoding="utf-8")
    result = run("curve", PROFILE, *OVER, "--from", "2亿元", "--to", "1亿元", "--out", str(out))
    assert result.exit_code == Exit.BAD_USAGE
    assert out.read_text(encoding="utf-8") == "earlier"


@pytest.mark.skipif(not png.present(), reason="CairoSVG is an extra that is not installed here")
def test_png_is_written_where_its_library_is_installed(tmp_path: Path) -> None:
    out = tmp_path / "curve.png"
    result = run("curve", PROFILE, *OVER, "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes().startswith(b"\x89PNG")


def test_json_goes_with_a_picture_and_without() -> None:
    data = json.loads(run("curve", PROFILE, *OVER, "--json").stdout)
    [threshold] = data["thresholds"]
    assert (threshold["at"], threshold["beyond"]) == ("100000000.00", False)
    assert threshold["after"] == {"guaranteed": "0.00", "possible": "32000000.00"}


def test_a_fact_may_be_named_by_its_title_and_its_list() -> None:
    by_id = run("curve", PROFILE, *OVER).stdout
    for name in ("项目投资额", "project.investment"):
        assert run("curve", PROFILE, "--over", name, *OVER[2:]).stdout == by_id
    assert run("curve", PROFILE, *OVER, "--item", "射频芯片封测基地").stdout == by_id


def test_a_profile_that_is_refused_ends_so(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("no_such_fact: 1\n", encoding="utf-8")
    assert run("curve", str(profile), *OVER).exit_code == Exit.BAD_PROFILE
