"""What a line typed in an interview says: a command, some of the choices, or an answer. Imports questions."""

from __future__ import annotations

from enum import Enum
from os.path import expanduser
from typing import TYPE_CHECKING, Final

from incentives.records import NamedTuple

if TYPE_CHECKING:
    from incentives.advice.question import Question

NONE = ("无", "没有", "none", "[]")
"""That a list or a choice of several has nothing in it."""

_YES = ("是", "对", "有", "yes", "y", "true")
_NO = ("否", "不是", "没有", "no", "n", "false")


class Command(Enum):
    WHY = ("?", "？", "help", "帮助")
    UNKNOWN = ("不知道", "unknown")
    BACK = ("返回", "back")
    SAVE = ("保存", "save")
    QUIT = ("退出", "quit")
    END = ()
    """Nothing more can be read."""


class _Unreadable(Enum):
    UNREADABLE = "unreadable"


UNREADABLE: Final = _Unreadable.UNREADABLE


class NotMeant(NamedTuple):
    """What cannot be an answer, with the words that say so: their key among those of interviews."""

    complaint: str
    written: str


def read_line() -> str | _Unreadable | None:
    """One line of standard input without what surrounds it; None at its end."""
    try:
        line = input("> ").strip()
        line.encode()
    except EOFError:
        print()
        return None
    except UnicodeError:
        return UNREADABLE
    return line


def command_of(line: str) -> tuple[Command | None, str]:
    """The command that a line is, and the file that it names; None where it is an answer."""
    for command in Command:
        if line.lower() in command.value:
            return command, ""
    first, _, rest = line.partition(" ")
    file = _unquoted(rest.strip())
    return (Command.SAVE, file) if file and first.lower() in Command.SAVE.value else (None, "")


def _unquoted(file: str) -> str:
    """A file's name without the quotes that a shell would take off, from the home that `~` stands for there."""
    quoted = len(file) > 1 and file[0] == file[-1] and file[0] in "\"'"
    return file[1:-1] if quoted else expanduser(file)


def meant(question: Question, written: str) -> str | bool | list[str] | NotMeant:
    """What a line answers to a question: the choices by number, yes or no, several words, or its own words."""
    if question.several:
        if written in NONE:
            return []
        numbered: list[str] = []
        for part in written.replace("、", " ").replace("，", " ").replace(",", " ").split():
            one = _by_number(question, part)
            if isinstance(one, NotMeant):
                return one
            numbered.append(one)
        return numbered
    if [choice.value for choice in question.choices] == ["true", "false"]:
        lower = written.lower()
        if lower in ("1", *_YES):
            return True
        return False if lower in ("2", *_NO) else NotMeant("not_yes_or_no", written)
    return _by_number(question, written)


def _by_number(question: Question, written: str) -> str | NotMeant:
    if not written.isascii() or not written.isdigit() or not question.choices:
        return written
    numbered = {str(number): choice.value for number, choice in enumerate(question.choices, 1)}
    if written in numbered:
        return numbered[written]
    return written if question.open_ended else NotMeant("not_a_choice", written)
