"""Which vocabulary counts for which policy. Imports facts and the source package.

The shipped vocabulary comes first. A folder of policies adds to it what all of its policies use, a policy's own
folder what that policy alone uses; both in a file of one name. A profile may hold every fact of the set; a policy
names those that it would also have without the other policies, so that none changes what another one means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from incentives.diagnostics import Code, Diagnostic, PolicyRefused, Span
from incentives.facts.vocabulary import Vocabulary
from incentives.facts.vocabulary_files import NOTHING, read_vocabulary
from incentives.records import NamedTuple
from incentives.source.loader import Loaded, load_file
from incentives.source.tree import Node, Scalar

VOCABULARY_FILE = "vocabulary.yaml"
_NOT_ALONE = {
    "advice_zh": "只能写在政策文件夹的 `vocabulary.yaml` 里，一个文件夹一套事实",
    "advice_en": "it belongs into the `vocabulary.yaml` of the policies folder, which has one set of facts",
}


class Vocabularies(NamedTuple):
    """What a profile may hold, and what policies see.

    `shared` is for every policy of the set, `own` for those that declare facts of their own, by their folders;
    `shipped` is for those that come with the package and are imported.
    """

    whole: Vocabulary
    shared: Vocabulary
    shipped: Vocabulary
    own: Mapping[Path, Vocabulary]

    def seen_from(self, folder: Path, *, in_set: bool) -> Vocabulary:
        """The vocabulary of a policy in that folder, which is one of the set or else comes with the package."""
        if not in_set:
            return self.shipped
        return self.own.get(folder, self.shared)


def vocabularies(
    shipped: Path, shared: Path | None, folders: Iterable[Path], name: Callable[[Path], str]
) -> Vocabularies:
    """The vocabularies of a set: `shared` is the folder of policies, `folders` those of the policies in it.

    Raises `PolicyRefused` with every problem in any of the files.
    """
    first = shipped / VOCABULARY_FILE
    base = read_vocabulary(load_file(first, name(first)))
    common = _text_in(shared, name) if shared is not None and not _same(shared, shipped) else None
    everyone = read_vocabulary(common, base) if common is not None else base
    if common is not None and _stands_alone(common) is not None:
        base = everyone
    whole, own = everyone, dict[Path, Vocabulary]()
    texts = {folder: text for folder in folders if (text := _text_in(folder, name)) is not None}
    problems: list[Diagnostic] = []
    for folder, text in texts.items():
        if (alone := _stands_alone(text)) is not None:
            problems.append(Diagnostic(Code.KEY_MISPLACED, alone.span, {"key": "extends", **_NOT_ALONE}))
            continue
        try:
            own[folder] = read_vocabulary(text, everyone)
            whole = read_vocabulary(text, whole) if whole is not everyone else own[folder]
        except PolicyRefused as refused:
            problems += refused.diagnostics
    if problems:
        raise PolicyRefused(problems, {text.name: text.text for text in texts.values()})
    seen = {folder: whole.only(one) for folder, one in own.items()}
    return Vocabularies(whole, whole.only(everyone), whole.only(base), MappingProxyType(seen))


def _text_in(folder: Path, name: Callable[[Path], str]) -> Loaded | None:
    file = folder / VOCABULARY_FILE
    if (unread := file.with_suffix(".yml")).is_file():
        raise PolicyRefused([Diagnostic(Code.STRAY_FILE, Span(name(unread)))])
    return load_file(file, name(file)) if file.is_file() else None


def _stands_alone(text: Loaded) -> Node | None:
    """Where a vocabulary says that it adds to nothing."""
    node = text.root.get("extends") if text.root is not None else None
    return node if isinstance(node, Scalar) and node.text == NOTHING else None


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
