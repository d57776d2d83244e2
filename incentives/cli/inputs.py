"""What the commands on one profile share: the evaluator, the profile, colours. Imports the evaluator and options."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import typer

from incentives.cli.exits import Exit
from incentives.cli.options import refuse_usage, report
from incentives.diagnostics import Code, Diagnostic, EngineUnavailable, ProfileRefused, Span
from incentives.texts import Lang
from incentives.values import State

if TYPE_CHECKING:
    from datetime import date

    from incentives.decision.evaluator import Evaluator
    from incentives.explain.layout import Style
    from incentives.facts.profile import Profile
    from incentives.language.store import PolicySet

_COLOURS = {State.HOLDS: "32", State.FAILS: "31", State.MISSING: "33", State.JUDGEMENT: "33"}


def evaluator_of(loaded: PolicySet, engine: str | None, lang: Lang) -> Evaluator:
    """An evaluator with that engine. Ends the command with `BAD_USAGE` where it is not installed."""
    from incentives.decision.evaluator import Evaluator

    try:
        return Evaluator(loaded, engine)
    except EngineUnavailable as missing:
        words = {"written": missing.name, "known": ", ".join(missing.present)}
        refuse_usage(Diagnostic(Code.ENGINE_UNAVAILABLE, Span("--engine"), words), lang)


def read_profile(source: str, evaluator: Evaluator, on: date, lang: Lang) -> Profile | ProfileRefused:
    """The profile in a file, or on standard input for `-`; where it was refused, that, which is reported.

    What is odd in it, for an application on a day, is told.
    """
    from incentives.facts.reader import load_profile_stream

    try:
        if source == "-":
            name = "标准输入" if lang == "zh" else "standard input"
            profile = load_profile_stream(sys.stdin.buffer, evaluator.policies.vocabulary, name, on=on)
        else:
            profile = evaluator.profile(source, on)
    except ProfileRefused as problem:
        report(problem, lang)
        return problem
    if profile.warnings:
        report(ProfileRefused(profile.warnings), lang)
    return profile


def one_profile(
    source: str, evaluator: Evaluator, on: date, lang: Lang, *, no_earlier_grants: bool = False
) -> Profile:
    """The one profile that a command is about. Ends the command with `BAD_PROFILE` where it is refused."""
    profile = read_profile(source, evaluator, on, lang)
    if isinstance(profile, ProfileRefused):
        raise typer.Exit(Exit.BAD_PROFILE)
    if not no_earlier_grants:
        return profile
    from incentives.facts.ledger import without_earlier_grants

    return without_earlier_grants(profile, evaluator.policies.vocabulary)


def style() -> Style:
    """Colours on a terminal that shows them, none elsewhere."""
    from incentives.explain.layout import unstyled

    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return _colour if coloured else unstyled


def screen() -> int:
    """The lines of the terminal but for the next prompt; of what is no terminal, as many as a screen has mostly."""
    from incentives.explain.overview import SCREEN

    return shutil.get_terminal_size(fallback=(80, SCREEN + 1)).lines - 1 if sys.stdout.isatty() else SCREEN


def _colour(text: str, state: State) -> str:
    return f"\x1b[{_COLOURS[state]}m{text}\x1b[0m"
