"""The code blocks of a README, with the marks that say how each is run.

`<!-- file: NAME -->` before a block writes it to a file; `<!-- run: NAME -->` marks a block that `.ci/run` runs from
a clean virtual environment; `<!-- exit: N -->` tells the exit code of a command; `<!-- part: FILE -->` says that a
block shows a part of a file. A `text` block right after a command
or a program is what it prints; a line `…` in it stands for any lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")

_FENCE = re.compile(r"(?:<!-- (?P<mark>\w+): (?P<value>[^ ]+) -->\n)?```(?P<kind>\w*)\n(?P<body>.*?)```\n", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block; `output` is what it prints, where the README says so."""

    kind: str
    body: str
    mark: str | None
    value: str | None
    output: str | None

    @property
    def name(self) -> str:
        return self.value or self.body.strip().splitlines()[-1][:40]


def blocks(readme: str) -> list[Block]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    found = list(_FENCE.finditer(text))
    result: list[Block] = []
    for place, match in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        output = None
        if (
            following is not None
            and following["kind"] == "text"
            and not text[match.end() : following.start()].strip()
        ):
            output = following["body"]
        if match["kind"] in ("sh", "python", "yaml"):
            result.append(Block(match["kind"], match["body"], match["mark"], match["value"], output))
    return result


def marked(readme: str, name: str) -> Block:
    """The block that `.ci/run` runs under that name."""
    [block] = [block for block in blocks(readme) if block.mark == "run" and block.value == name]
    return block


def agrees(printed: str, expected: str) -> bool:
    """Whether a print agrees with a README's, in which a line `…` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in expected.rstrip("\n").split("\n")
    )
    return (
        re.fullmatch(pattern, "\n".join(line.rstrip() for line in printed.rstrip("\n").split("\n")) + "\n")
        is not None
    )
