"""Runs of the command, within this process where that is enough, else as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from incentives.cli.main import application

ROOT = Path(__file__).parents[2]
WUHOU = ROOT / "policies" / "wuhou-microwave-rf-2023"
EXAMPLES = WUHOU / "examples"
DAY = "2026-03-01"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8")


def run(*arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    """The command within this process, in an environment without a locale but for what `env` gives."""
    clean: dict[str, str | None] = dict.fromkeys(_LOCALE)
    return CliRunner().invoke(
        application(), list(arguments), input=stdin, env={**clean, **(env or {})}, catch_exceptions=False
    )


def check(name: str, *options: str, lang: str = "zh") -> Result:
    """The check of one shipped example on a fixed day with the reference engine."""
    arguments = ("--policy", WUHOU.name, "--lang", lang, "--as-of", DAY, "--engine", "reference", *options)
    return run("check", str(EXAMPLES / f"{name}.yaml"), *arguments)


def report(name: str, lang: str = "zh") -> str:
    """What the check of a shipped example prints."""
    result = check(name, lang=lang)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def environment(**extra: str) -> dict[str, str]:
    """The environment of a process of its own: this one's without a locale, with the checkout first on the path."""
    kept = {name: value for name, value in os.environ.items() if name not in _LOCALE}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **extra}


def process(
    *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command as a process, its output taken through pipes."""
    command = [sys.executable, "-m", "incentives", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, env=env or environment(), cwd=ROOT, timeout=60, check=False
    )
