"""Which reports are stored, and where."""

from __future__ import annotations

from pathlib import Path

from tests.cli.run import EXAMPLES, NAMES, report, run

GOLDEN = Path(__file__).parent / "golden"
IN_ENGLISH = ("all-three", "missing-facts", "another-district")
REPORTS = [(name, "zh") for name in NAMES] + [(name, "en") for name in IN_ENGLISH]
_WUHOU = ("--policy", "wuhou-microwave-rf-2023", "--as-of", "2026-03-01")
_FUQING = ("--policy", "fuqing-headquarters-2022", "--as-of", "2025-06-01")
_FUQING_EXAMPLE = EXAMPLES.parents[1] / "fuqing-headquarters-2022" / "examples" / "cap-and-ledger.yaml"
_ONE_FEN_BELOW = str(EXAMPLES / "one-fen-below.yaml")
_BESIDE, _COMPANIES = (Path(__file__).parent / name for name in ("beside", "companies"))
_TOGETHER = ("--policies", str(_BESIDE), "--as-of", "2026-03-01")
_BY_REFERENCE = ("--engine", "reference")
"""A check tells which engine decided; this one is always there."""
_HELD = ("--fix", "investment", "--fix", "建设项目", "--fix", "platform", "--fix", "研制项目")
BROWSED = {
    f"{name}.{lang}": (*arguments, "--lang", lang)
    for lang in ("zh", "en")
    for name, arguments in {
        "policies": ("policies", "--as-of", "2026-03-01"),
        "show": ("show", "wuhou-microwave-rf-2023", "--as-of", "2026-03-01"),
        "facts": ("facts",),
        "new-profile": ("new-profile",),
        "check-every-policy": ("check", _ONE_FEN_BELOW, "--as-of", "2026-03-01", *_BY_REFERENCE),
        "explain-every-policy": ("explain", _ONE_FEN_BELOW, "--as-of", "2026-03-01"),
        "explain-one-fen-below": ("explain", _ONE_FEN_BELOW, "new-project", *_WUHOU),
        "explain-missing-facts": ("explain", str(EXAMPLES / "missing-facts.yaml"), *_WUHOU),
        "explain-another-district": ("explain", str(EXAMPLES / "another-district.yaml"), "新建成项目奖励", *_WUHOU),
        "plan-one-fen-below": ("plan", _ONE_FEN_BELOW, "--target", "3000万元", *_WUHOU),
        "curve-cliff": ("curve", str(EXAMPLES / "all-three.yaml"), "--over", "investment", *_WUHOU),
        "curve-slices": ("curve", str(_FUQING_EXAMPLE), "--over", "local_contribution", *_FUQING),
        "check-rivals-open": ("check", str(_COMPANIES / "open.yaml"), *_TOGETHER, "--policy", "p-a", *_BY_REFERENCE),
        "check-beside": ("check", str(_COMPANIES / "given.yaml"), *_TOGETHER, "--all", *_BY_REFERENCE),
        "plan-beside": ("plan", str(_COMPANIES / "below.yaml"), *_TOGETHER),
        "ask-beside": ("ask", str(_COMPANIES / "given.yaml"), *_TOGETHER),
        "plan-held": ("plan", _ONE_FEN_BELOW, *_WUHOU, *_HELD),
    }.items()
}


def expected() -> dict[str, str]:
    """What is stored, by the name of the file without its ending."""
    return {file.stem: file.read_text(encoding="utf-8") for file in GOLDEN.glob("*.txt")}


def printed() -> dict[str, str]:
    """What the commands print now, by the same names."""
    found = {f"check-{name}.{lang}": report(name, lang) for name, lang in REPORTS}
    for name, arguments in BROWSED.items():
        result = run(*arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        found[name] = result.stdout.replace(f"{Path(__file__).parent}/", "tests/cli/")
    return found
