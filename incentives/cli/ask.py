"""`incentives ask`: an interview in the terminal. Imports interviews, their words and the writer of files."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from incentives.cli.exits import Exit
from incentives.cli.files import write_whole
from incentives.cli.options import (
    DateOption,
    LangOption,
    PoliciesOption,
    PolicyOption,
    day,
    known_policy,
    language,
    policies,
    report,
)
from incentives.diagnostics import ProfileRefused
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.advice.interview import Interview
    from incentives.advice.question import Question
    from incentives.decision.evaluator import Evaluator

_YES = ("是", "对", "有", "yes", "y", "true")
_NO = ("否", "不是", "没有", "no", "n", "false")
_NONE = ("无", "没有", "none", "[]")


class _Command(Enum):
    WHY = ("?", "？")
    UNKNOWN = ("不知道", "unknown")
    BACK = ("返回", "back")
    SAVE = ("保存", "save")
    QUIT = ("退出", "quit")
    END = ()
    """Nothing more can be read."""


class _Unreadable(Enum):
    UNREADABLE = "unreadable"


_UNREADABLE: Final = _Unreadable.UNREADABLE


def ask(
    profile: Annotated[
        Path | None,
        typer.Argument(metavar="[PROFILE]", help="YAML or JSON file with what is known already. 已有的企业画像"),
    ] = None,
    policy: PolicyOption = None,
    policies_path: PoliciesOption = None,
    as_of: DateOption = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Save after each answer. 每次回答后保存到文件")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Ask for what is missing, what settles most first, until nothing more can change. 逐项问答，补全画像。"""
    from incentives.advice.interview import Interview
    from incentives.decision.evaluator import Evaluator

    chosen = language(lang)
    on = day(as_of, chosen)
    loaded = policies(policies_path, chosen, policy)
    if policy is not None:
        known_policy(policy, loaded, chosen)
    evaluator = Evaluator(loaded, "native")
    try:
        interview = Interview(evaluator, profile if profile is not None else {}, on, policy)
    except ProfileRefused as problem:
        report(problem, chosen)
        raise typer.Exit(Exit.BAD_PROFILE) from None
    talk = _Talk(interview, evaluator, chosen, save)
    try:
        talk.hold()
    except KeyboardInterrupt:
        talk.interrupted()
        raise typer.Exit(Exit.INTERRUPTED) from None


class _Talk:
    def __init__(self, interview: Interview, evaluator: Evaluator, lang: Lang, save: Path | None) -> None:
        from incentives.explain import interviews

        self._says = interviews
        self._interview = interview
        self._vocabulary = evaluator.policies.vocabulary
        self._lang = lang
        self._save = save
        self._saved: Path | None = None
        self._number = 1

    def hold(self) -> None:
        """The whole interview, up to its end or until somebody stops it."""
        self._say("welcome")
        print(f"  {self._says.word('commands', self._lang)}")
        ended = self._name() and self._questions()
        print()
        self._say("end" if ended else "stopped")
        print(self._says.joined(self._says.result_lines(self._interview.decision, self._lang)))
        if self._saved is not None:
            self._say("check", file=str(self._saved))

    def interrupted(self) -> None:
        """Says where the answers are. Nothing is saved now: what was asked to be saved is."""
        print()
        if self._saved is not None:
            self._say("kept", file=str(self._saved))
        else:
            self._say("lost")

    # The questions ---------------------------------------------------------------------------------

    def _name(self) -> bool:
        """Asks for the company's name where there is none. False where that ends the interview."""
        while not self._interview.profile.company.name:
            print()
            self._say("name")
            written = self._read()
            if written in (_Command.QUIT, _Command.END):
                return False
            if not written or written in (_Command.UNKNOWN, _Command.BACK):
                return True
            if isinstance(written, str):
                try:
                    self._interview.call(written)
                except ProfileRefused as refused:
                    self._explain(refused)
                else:
                    self._keep()
        return True

    def _questions(self) -> bool:
        """Asks until nothing more can change, which is True, or somebody stops it."""
        while (question := self._interview.question) is not None:
            print()
            print(self._says.joined(self._lines(question)))
            going = self._one(question)
            if going is not None:
                if not going:
                    return False
                self._keep()
                print(self._says.joined(self._says.total_line(self._interview.decision, self._lang)))
        return True

    def _lines(self, question: Question) -> list[str]:
        from incentives.advice.question import fact_asked
        from incentives.facts.types import Series

        fact = fact_asked(question, self._vocabulary)
        series = None
        if fact is not None and question.item is None:
            series = self._interview.profile.company.values.get(fact.id)
        first = min(series.years) if isinstance(series, Series) else None
        return self._says.question_lines(question, fact, self._number, first, self._lang)

    def _one(self, question: Question) -> bool | None:
        """One line of an answer: True where it leads on, False where it ends all, None where it is asked again."""
        written = self._names() if question.fact is None else self._read()
        match written:
            case _Command.QUIT | _Command.END:
                return False
            case _Command.BACK:
                if not self._interview.back():
                    self._say("nothing_before")
                    return None
                self._number -= 1
                return True
            case _Command.WHY:
                print(self._says.joined(self._says.why_lines(self._interview.at_stake, self._lang)))
                return None
            case _Command.UNKNOWN:
                self._interview.unknown()
            case _Command.SAVE:
                return None
            case _:
                if not written and question.fact is not None:
                    return None
                if not self._answer(question, written):
                    return None
        self._number += 1
        return True

    def _answer(self, question: Question, written: str | list[str]) -> bool:
        chosen = written if isinstance(written, list) else self._chosen(question, written)
        if chosen is None:
            return False
        try:
            value = self._interview.read(chosen)
        except ProfileRefused as refused:
            self._explain(refused)
            return False
        self._interview.answer(value)
        return True

    def _chosen(self, question: Question, written: str) -> str | bool | list[str] | None:
        """What a line says: the choices by number, yes or no, several words; None where it cannot be meant."""
        values = [choice.value for choice in question.choices]
        if question.several:
            if written in _NONE:
                return []
            parts = written.replace("、", " ").replace("，", " ").replace(",", " ").split()
            numbered = [self._numbered(values, part, question) for part in parts]
            return [part for part in numbered if part is not None] if None not in numbered else None
        if values == ["true", "false"]:
            lower = written.lower()
            if lower in ("1", *_YES) or lower in ("2", *_NO):
                return lower in ("1", *_YES)
            self._say("not_yes_or_no")
            return None
        return self._numbered(values, written, question)

    def _numbered(self, values: list[str], written: str, question: Question) -> str | None:
        if not written.isascii() or not written.isdigit() or not values:
            return written
        if 1 <= int(written) <= len(values):
            return values[int(written) - 1]
        if question.open_ended:
            return written
        self._say("not_a_choice", written=written)
        return None

    def _names(self) -> list[str] | _Command:
        """The names of the items of a list, one to a line."""
        names: list[str] = []
        while True:
            written = self._read()
            if isinstance(written, _Command):
                if written is not _Command.SAVE or not names:
                    return written
            elif written in _NONE and not names:
                return []
            elif written:
                try:
                    self._interview.read([*names, written])
                except ProfileRefused as refused:
                    self._explain(refused)
                else:
                    names.append(written)
            elif names:
                return names
            else:
                self._say("one_at_least")

    # Reading and saving ----------------------------------------------------------------------------

    def _read(self) -> str | _Command:
        """A line, or the command that it is."""
        while True:
            line = _line()
            if line is _UNREADABLE:
                self._say("unreadable")
                continue
            if line is None:
                return _Command.END
            first, _, rest = line.partition(" ")
            for command in _Command:
                if line.lower() in command.value:
                    if command is _Command.SAVE:
                        self._save_to(self._save)
                    return command
            if first.lower() in _Command.SAVE.value and rest.strip():
                self._save_to(Path(rest.strip()))
                return _Command.SAVE
            return line

    def _keep(self) -> None:
        """Saves where that was asked for."""
        if self._save is not None:
            self._write(self._save)

    def _save_to(self, path: Path | None) -> None:
        if path is None:
            self._say("save_where")
        elif self._write(path):
            self._say("saved", file=str(path))

    def _write(self, path: Path) -> bool:
        from incentives.explain.profile_text import profile_text

        found = self._interview
        text = profile_text(found.profile, self._vocabulary, self._lang, found.unknowable)
        try:
            write_whole(path, text.encode())
        except OSError as problem:
            self._say("not_saved", file=str(path), reason=problem.strerror or str(problem))
            return False
        self._saved = path
        return True

    # Saying ----------------------------------------------------------------------------------------

    def _explain(self, refused: ProfileRefused) -> None:
        from incentives.diagnostics.render import help_text, message

        for problem in refused.diagnostics:
            advice = help_text(problem, self._lang)
            print(f"✗ {message(problem, self._lang)}")
            if advice is not None:
                print(f"  {advice}")

    def _say(self, key: str, **blanks: str) -> None:
        print(self._says.joined(self._says.said(key, self._lang, **blanks)))


def _line() -> str | _Unreadable | None:
    """One line of standard input without what surrounds it; None at its end."""
    try:
        line = input("> ").strip()
        line.encode()
    except EOFError:
        print()
        return None
    except UnicodeError:
        return _UNREADABLE
    return line
