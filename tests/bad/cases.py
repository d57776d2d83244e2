"""The bad cases: what is read, how, and the two texts that are expected of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

from typer.testing import CliRunner

from incentives.cli.main import application
from incentives.diagnostics import PolicyRefused, ProfileRefused, Refused
from incentives.diagnostics.render import render_diagnostics
from incentives.facts.reader import read_profile
from incentives.facts.vocabulary import Vocabulary
from incentives.facts.vocabulary_files import load_vocabulary, read_vocabulary
from incentives.language.checker import check_policy
from incentives.language.store import load_policies
from incentives.source.loader import Loaded, load_file
from incentives.texts import LANGUAGES, Lang

ROOT = Path(__file__).parent
ON = date(2026, 3, 1)
"""The day of application."""
MADE = "made"
"""Cases whose file is made when they run: too large for a repository, or not a file at all."""


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that the bad profiles and policies are read with."""
    return load_vocabulary(ROOT / "vocabulary.yaml")


@dataclass(frozen=True)
class Case:
    """One bad input. `name` is its path below this folder, without the ending of the file."""

    name: str
    answers: Callable[[Lang], str]
    refused: Callable[[], Refused] | None = None

    def expected_file(self, lang: Lang) -> Path:
        return ROOT / f"{self.name}.{lang}.txt"

    def expected(self, lang: Lang) -> str:
        file = self.expected_file(lang)
        return file.read_text(encoding="utf-8") if file.exists() else ""


def cases() -> Iterator[Case]:
    """Every case that is stored as a file, in the order of names; `made.py` has the others."""
    for kind, read in READERS.items():
        for path in sorted((ROOT / kind).iterdir()):
            if path.suffix != ".txt":
                yield of_file(f"{kind}/{path.stem}", path, read)
    for path in sorted((ROOT / "commands").glob("*.args")):
        yield _of_command(f"commands/{path.stem}", path.read_text(encoding="utf-8").split())


def of_file(name: str, path: Path, read: Callable[[Path], Refused]) -> Case:
    """A case that reads the file or folder at `path`."""

    def refused() -> Refused:
        return read(path)

    def answers(lang: Lang) -> str:
        found = refused()
        return render_diagnostics(found.diagnostics, found.sources, lang) + "\n"

    return Case(name, answers, refused)


def _of_command(name: str, arguments: list[str]) -> Case:
    """A case that is a command line; the answer is what it says on standard error."""

    def answers(lang: Lang) -> str:
        everywhere = ("durable", "native", "reference")
        with (
            patch("incentives.engines.engines_present", return_value=everywhere),
            patch("incentives.report.formats.find_spec", return_value=None),
            patch("incentives.drawing.png.present", return_value=False),
        ):
            result = CliRunner().invoke(application(), [*arguments, "--lang", lang], input="{}")
        assert result.stdout == ""
        return result.stderr

    return Case(name, answers)


def profile_refused(path: Path) -> Refused:
    """What reading the profile says; the warnings where it is accepted with some."""
    return refused_profile(load_file(path, _label(path)))


def refused_profile(loaded: Loaded) -> Refused:
    try:
        profile = read_profile(loaded, vocabulary(), ON)
    except ProfileRefused as refused:
        return refused
    assert profile.warnings, f"{loaded.name} was accepted without a word"
    return ProfileRefused(profile.warnings, {loaded.name: loaded.text})


def policy_refused(path: Path) -> Refused:
    """What checking the policy, or loading the folder, says; the warnings where it is accepted with some."""
    if path.is_dir():
        return _set_refused(path)
    loaded = load_file(path, _label(path))
    policy, found = check_policy(loaded, vocabulary())
    assert found, f"{loaded.name} was accepted without a word"
    assert (policy is None) == any(one.is_error for one in found)
    return PolicyRefused(found, {loaded.name: loaded.text})


def _set_refused(folder: Path) -> Refused:
    """Files of a set are named by their path as given; the answer names them from this folder on."""
    try:
        loaded = load_policies(folder)
    except PolicyRefused as refused:
        return _relative(refused)
    assert loaded.warnings, f"{folder} was accepted without a word"
    return _relative(PolicyRefused(loaded.warnings))


def _relative(refused: Refused) -> Refused:
    def named(text: str) -> str:
        return text.replace(f"{ROOT}/", "")

    found = []
    for finding in refused.diagnostics:
        words = {key: named(word) for key, word in finding.words.items()}
        found.append(type(finding)(finding.code, finding.span._replace(file=named(finding.span.file)), words))
    return PolicyRefused(found, {named(file): text for file, text in refused.sources.items()})


def vocabulary_refused(path: Path) -> Refused:
    """What reading the vocabulary says."""
    try:
        read_vocabulary(load_file(path, _label(path)))
    except PolicyRefused as refused:
        return refused
    raise AssertionError(f"{path} was accepted")


def _label(path: Path) -> str:
    """The name of a file in an answer: from this folder on, the same wherever the project lies."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


READERS: dict[str, Callable[[Path], Refused]] = {
    "profiles": profile_refused,
    "policies": policy_refused,
    "vocabularies": vocabulary_refused,
}


def write_expected(case: Case) -> list[Path]:
    """Write what the case answers now; the files that changed."""
    changed = []
    for lang in LANGUAGES:
        answer = case.answers(lang)
        if answer != case.expected(lang):
            case.expected_file(lang).write_text(answer, encoding="utf-8")
            changed.append(case.expected_file(lang))
    return changed
