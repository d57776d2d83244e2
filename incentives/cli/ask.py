"""`incentives ask`: an interview in the terminal. Imports interviews, their words, answers and their keeping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incentives.cli.answers import NONE, UNREADABLE, Command, NotMeant, command_of, meant, read_line
from incentives.cli.exits import Exit
from incentives.cli.files import is_another
from incentives.cli.options import (
    DateOption,
    LangOption,
    PoliciesOption,
    PolicyOption,
    check_place,
    day,
    language,
    policies,
    refuse_usage,
    report,
)
from incentives.cli.saying import Saying
from incentives.diagnostics import Code, Diagnostic, ProfileRefused, Span
from incentives.diagnostics.reasons import reason_of, reason_text
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.advice.interview import Interview
    from incentives.advice.question import Question
    from incentives.cli.keeping import Keeping
    from incentives.explain.view import Explanation
    from incentives.facts.vocabulary import Vocabulary


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
    from incentives.cli.keeping import Keeping, hang_ups
    from incentives.decision.evaluator import Evaluator

    chosen = language(lang)
    on = day(as_of, chosen)
    if save is not None:
        _check_save(save, profile, chosen)
    loaded = policies(policies_path, chosen, policy)
    evaluator = Evaluator(loaded, "native")
    try:
        given_before = evaluator.profile(profile if profile is not None else {}, on)
        interview = Interview(evaluator, given_before, on, policy)
    except ProfileRefused as problem:
        report(problem, chosen)
        raise typer.Exit(Exit.BAD_PROFILE) from None
    if given_before.warnings:
        report(ProfileRefused(given_before.warnings), chosen)
    given = {"--policy": policy, "--policies": policies_path, "--as-of": as_of, "--lang": lang}
    options = [part for name, value in given.items() if value is not None for part in (name, str(value))]
    vocabulary = evaluator.policies.vocabulary
    keeping = Keeping(interview, vocabulary, chosen, profile, save, options)

    def explained() -> Explanation:
        from incentives.explain.view import Explanation

        return Explanation.of(evaluator, interview.profile, on, policy)

    talk = _Talk(interview, vocabulary, chosen, keeping, save, explained)
    try:
        with hang_ups():
            talk.hold()
    except KeyboardInterrupt:
        talk.rescue()
        raise typer.Exit(Exit.INTERRUPTED) from None
    except OSError:
        keeping.rescue()  # nobody reads any more what is shown: there is no use in telling where
        raise


def _check_save(save: Path, profile: Path | None, lang: Lang) -> None:
    """Ends the command with `BAD_USAGE` before anything is asked, where no answer could be saved to that file."""
    if is_another(save, *([] if profile is None else [profile])):
        refuse_usage(Diagnostic(Code.SAVED_OVER_ANOTHER, Span("--save"), {"written": str(save)}), lang)
    check_place(save, "--save", lang)


class _Talk:
    def __init__(
        self,
        interview: Interview,
        vocabulary: Vocabulary,
        lang: Lang,
        keeping: Keeping,
        save: Path | None,
        explained: Callable[[], Explanation],
    ) -> None:
        from incentives.explain import interviews

        self._words = interviews
        self._saying = Saying(lang)
        self._interview = interview
        self._vocabulary = vocabulary
        self._lang = lang
        self._keeping = keeping
        self._save = save
        self._explained = explained
        """What was answered by now, with everything that explains it."""
        self._number = 1
        self._begun: list[str] = []
        """The names of a list that is not ended yet."""
        self._cut_off = False
        """Whether there was nothing more to be read, where nobody said that it ends."""

    def hold(self) -> None:
        """The whole interview, up to its end or until somebody stops it."""
        self._saying.say("welcome")
        self._saying.lines([f"  {self._words.word('commands', self._lang)}"])
        ended = self._name() and self._questions()
        self._result(ended)
        while self._taken_back(ended):
            ended = self._questions()
            self._result(ended)
        if self._keeping.holds_all:
            if self._keeping.file is not None:
                self._offer("check")
        elif self._cut_off:
            self.rescue()
        else:
            self._lost()

    def rescue(self) -> None:
        """Keeps what no file holds, in one that nobody named or at worst on the screen, and says where it is.

        It is kept before anything is said: the terminal may be gone.
        """
        problems = self._keeping.rescue()
        print()
        self._drop_names()
        for problem in problems:
            self._not_saved(problem)
        if not self._keeping.holds_all:
            print(self._keeping.text, end="")
        elif self._keeping.file is not None:
            self._saying.say("rescued" if self._keeping.rescued else "kept", file=str(self._keeping.file))
            self._offer("ask")

    # The end ---------------------------------------------------------------------------------------

    def _result(self, ended: bool) -> None:
        print()
        self._saying.say(("end" if self._interview.settled else "end_unknown") if ended else "stopped")
        self._saying.lines(self._words.result_lines(self._explained(), self._lang))

    def _taken_back(self, ended: bool) -> bool:
        """Waits at the end for what is still to be saved or taken back. True where it goes on with a question."""
        while True:
            back, unsaved = ended and self._interview.can_go_back, not self._keeping.holds_all
            if not back and not unsaved:
                return False
            print()
            self._saying.say("save_or_back" if back and unsaved else "save_now" if unsaved else "back_now")
            match self._read():
                case Command.BACK if back:
                    going = self._back()
                    self._keep()
                    return going is not False
                case Command.SAVE if self._keeping.holds_all:
                    return False
                case "" | Command.QUIT | Command.END:
                    return False

    def _lost(self) -> None:
        if self._keeping.file is None:
            self._saying.say("lost")
        else:
            self._saying.say("lost_since", file=str(self._keeping.file))

    def _offer(self, command: str) -> None:
        """A command on a line of its own, however long it is: it is to be copied."""
        self._saying.say(command)
        print(self._keeping.command(command))

    # The questions ---------------------------------------------------------------------------------

    def _name(self) -> bool:
        """Asks for the company's name where there is none. False where that ends the interview."""
        while not self._interview.profile.company.name:
            print()
            self._saying.say("name")
            written = self._read()
            if written in (Command.QUIT, Command.END):
                return False
            if not written or written in (Command.UNKNOWN, Command.BACK):
                return True
            if isinstance(written, str):
                try:
                    self._interview.call(written)
                except ProfileRefused as refused:
                    self._saying.tell(refused.diagnostics, "✗")
                else:
                    self._keep()
        return True

    def _questions(self) -> bool:
        """Asks until nothing more can change, which is True, or somebody stops it."""
        while (question := self._interview.question) is not None:
            print()
            self._saying.lines(self._lines(question))
            going = self._one(question)
            if going is not None:
                if not going:
                    return False
                self._keep()
                self._saying.lines(self._words.total_line(self._interview.decision, self._lang))
        return True

    def _lines(self, question: Question) -> list[str]:
        from incentives.advice.question import fact_asked
        from incentives.facts.types import Series

        fact = fact_asked(question, self._vocabulary)
        series = None
        if fact is not None and question.item is None:
            series = self._interview.profile.company.values.get(fact.id)
        first = min(series.years) if isinstance(series, Series) else None
        return self._words.question_lines(question, fact, self._number, first, self._lang)

    def _one(self, question: Question) -> bool | None:
        """One line of an answer: True where it leads on, False where it ends all, None where it is asked again."""
        written = self._names() if question.fact is None else self._read()
        match written:
            case Command.QUIT | Command.END:
                return False
            case Command.BACK:
                return self._back()
            case Command.WHY:
                self._saying.lines(self._words.why_lines(self._interview.at_stake, self._lang))
                return None
            case Command.UNKNOWN:
                self._interview.unknown()
            case Command.SAVE:
                return None
            case _:
                if not written and question.fact is not None:
                    return None
                if not self._answer(question, written):
                    return None
        self._number += 1
        return True

    def _back(self) -> bool | None:
        """Back to the answer before, or to the name: True where that was asked again, None where there is neither."""
        named = bool(self._interview.profile.company.name)
        taken = self._interview.back()
        if not taken and named:
            self._saying.say("nothing_before")
            return None
        if taken and bool(self._interview.profile.company.name) is named:
            self._number -= 1
            return True
        return self._name()

    def _answer(self, question: Question, written: str | list[str]) -> bool:
        chosen = written if isinstance(written, list) else meant(question, written)
        if isinstance(chosen, NotMeant):
            self._saying.say(chosen.complaint, written=chosen.written)
            return False
        try:
            value, remarks = self._interview.understood(chosen)
        except ProfileRefused as refused:
            self._saying.tell(refused.diagnostics, "✗")
            return False
        self._interview.answer(value)
        if remarks:
            self._saying.tell(remarks, "!")
            self._saying.say("taken")
        return True

    def _names(self) -> list[str] | Command:
        """The names of the items of a list, one to a line."""
        names = self._begun
        while True:
            written = self._read()
            if isinstance(written, Command):
                if not names or not self._of_names(written):
                    return written
            elif written in NONE and not names:
                return []
            elif written:
                try:
                    self._interview.read([*names, written])
                except ProfileRefused as refused:
                    self._saying.tell(refused.diagnostics, "✗")
                else:
                    names.append(written)
            elif names:
                self._begun = []
                return names
            else:
                self._saying.say("one_at_least")

    def _of_names(self, command: Command) -> bool:
        """What a command means between the names of a list. False where it ends the list without them."""
        match command:
            case Command.WHY:
                self._saying.lines(self._words.why_lines(self._interview.at_stake, self._lang))
            case Command.BACK:
                self._saying.say("name_back", name=self._begun.pop())
            case Command.SAVE:
                self._saying.say("names_later")
            case Command.UNKNOWN | Command.QUIT | Command.END:
                self._drop_names()
                return False
        return True

    def _drop_names(self) -> None:
        """Says which names are no answer: a list is complete as given, and this one was not ended."""
        if self._begun:
            self._saying.say("names_dropped", names=self._words.listed(self._begun, self._lang))
        self._begun = []

    # Reading and saving ----------------------------------------------------------------------------

    def _read(self) -> str | Command:
        """A line, or the command that it is."""
        while True:
            line = read_line()
            if line is UNREADABLE:
                self._saying.say("unreadable")
                continue
            if line is None:
                self._cut_off = True
                return Command.END
            command, file = command_of(line)
            if command is Command.SAVE:
                self._save_to(Path(file) if file else self._keeping.saved)
            return line if command is None else command

    def _keep(self) -> None:
        """Saves where that was asked for."""
        if self._save is not None:
            self._write(self._save)

    def _save_to(self, path: Path | None) -> None:
        if path is None:
            self._saying.say("save_where")
        elif self._write(path):
            self._saying.say("saved", file=str(path))

    def _write(self, path: Path) -> bool:
        try:
            self._keeping.write(path)
        except OSError as problem:
            self._not_saved(problem)
            return False
        return True

    def _not_saved(self, problem: OSError) -> None:
        if isinstance(problem, FileExistsError):
            self._saying.say("not_replaced", file=str(problem.filename))
            print(self._keeping.command("ask", problem.filename))
            return
        self._saying.say("not_saved", file=str(problem.filename), reason=reason_text(reason_of(problem), self._lang))
