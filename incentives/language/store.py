"""Folders of policies loaded into one set. Imports the rest of the language and facts.

A folder holds one folder per policy, named by the policy's id; each YAML file directly in it is one version of that
policy. A `vocabulary.yaml` beside the policies' folders, or in one of them, adds facts to those that are shipped.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from incentives.diagnostics import Code, Diagnostic, PolicyRefused, Span
from incentives.diagnostics.reasons import reason_of
from incentives.facts.vocabulary import Vocabulary
from incentives.language.checker import ImportCycle, check_policy, is_no_policy
from incentives.language.model import Policy
from incentives.language.vocabularies import VOCABULARY_FILE, Vocabularies, vocabularies
from incentives.records import NamedTuple
from incentives.source.loader import Loaded, load_file
from incentives.source.memory import all_is_kept
from incentives.source.spelling import nearest
from incentives.source.tree import Scalar

_SUFFIXES = (".yaml", ".yml")


class _PolicySet(NamedTuple):
    vocabulary: Vocabulary
    policies: tuple[Policy, ...]
    warnings: tuple[Diagnostic, ...] = ()
    """What is worth a look in the files, and no reason to refuse them."""


class PolicySet(_PolicySet):
    """Every version of every policy loaded, sorted by id and first day in force; and their vocabulary."""

    @cached_property
    def _by_id(self) -> dict[str, tuple[Policy, ...]]:
        found: dict[str, list[Policy]] = {}
        for policy in self.policies:
            found.setdefault(policy.id, []).append(policy)
        return {policy_id: tuple(versions) for policy_id, versions in found.items()}

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(self._by_id)

    def ids(self) -> tuple[str, ...]:
        return self._ids

    def versions(self, policy_id: str) -> tuple[Policy, ...]:
        return self._by_id.get(policy_id, ())

    def applicable(self, policy_id: str, on: date) -> Policy:
        """The version in force on that day; where none is, the one in force last before it, else the first.

        Raises `KeyError` when no policy has that id.
        """
        versions = self.versions(policy_id)
        if not versions:
            raise KeyError(policy_id)
        begun = [policy for policy in versions if policy.period.start <= on]
        return begun[-1] if begun else versions[0]


def shipped_policies() -> Path:
    """The folder of policies that comes with the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "policies"
    return installed if installed.is_dir() else package.parent / "policies"


@all_is_kept()
def load_policies(path: Path | str | None = None, policy: str | None = None) -> PolicySet:
    """The policies in the folder or the single file at `path`; the shipped ones by default.

    With `policy`, only the versions of the policy of that id, and what they import, are read, where the folder
    has such a policy; else all of them, so that whoever asked can be told which there are.

    Raises `PolicyRefused` with every problem in any of the files.
    """
    root = shipped_policies() if path is None else Path(path)
    if _is_folder(root):
        files = _policy_files(root)
        shared, folders = root, sorted({file.parent for file in files})
        files = [file for file in files if file.parent.name == policy] or files
    else:
        shared, folders = _around(root)
        files = [root]
    if not files:
        raise PolicyRefused([Diagnostic(Code.NO_POLICIES, Span(str(root)))])
    vocabulary = vocabularies(shipped_policies(), shared, folders, lambda file: _name(file, root))
    shelf = _Shelf(root, shared, vocabulary)
    found: list[Policy] = []
    misplaced: list[Diagnostic] = []
    for file in files:
        one = shelf.policy(file)
        if one is not None:
            found.append(one)
            if file != root and one.id != file.parent.name:
                words = {"written": one.id, "folder": file.parent.name}
                misplaced.append(Diagnostic(Code.POLICY_ID_DIFFERS, one.span, words))
    found.sort(key=lambda policy: (policy.id, policy.period.start, policy.version))
    problems = [*shelf.problems, *misplaced, *_clashes(found)]
    if _is_folder(root) and policy is None:
        problems += _excluding_nobody(found)
    if any(problem.is_error for problem in problems):
        raise PolicyRefused(problems, shelf.sources)
    own = {policy.span.file for policy in found}
    return PolicySet(vocabulary.whole, tuple(found), tuple(one for one in problems if one.span.file in own))


class _Shelf:
    """Policies read on demand, so that one can import another whatever the order of the files."""

    def __init__(self, root: Path, shared: Path, vocabulary: Vocabularies) -> None:
        self._root = root
        self._shared = shared
        self._vocabulary = vocabulary
        self._read: dict[Path, Policy | None] = {}
        self._texts: dict[Path, Loaded] = {}
        self._under_way: list[Path] = []
        self._cycles: dict[tuple[Path, Path], ImportCycle] = {}
        """By the folder of the policy that imports and of the one imported: the way back to the first."""
        self.problems: list[Diagnostic] = []
        self.sources: dict[str, str] = {}

    def policy(self, file: Path) -> Policy | None:
        """The policy in a file; None where it has problems, or is just being read because it imports itself."""
        if file not in self._read:
            self._read[file] = None
            loaded = self._text(file)
            self.sources[loaded.name] = loaded.text
            versions = [self._text(other) for other in self._beside(file) if other != file]
            self._under_way.append(file)
            in_set = file == self._root or file.is_relative_to(self._shared)
            vocabulary = self._vocabulary.seen_from(file.parent, in_set=in_set)
            self._read[file], found = check_policy(loaded, vocabulary, self._imported, versions)
            self._under_way.pop()
            self.problems += found
        return self._read[file]

    def _text(self, file: Path) -> Loaded:
        if file not in self._texts:
            self._texts[file] = load_file(file, _name(file, self._root))
        return self._texts[file]

    def _beside(self, file: Path) -> list[Path]:
        """The versions of the policy in a file that are in the set."""
        if file == self._root:
            return [file]
        files = _versions_in(file.parent)
        if self._home(file) != file:
            return files
        return [other for other in files if _policy_id(self._text(other)) == _policy_id(self._text(file))]

    def _imported(self, name: str) -> Policy | ImportCycle | None:
        """The policy of that id, or `id@version`: beside the importing one, else among the shipped ones."""
        policy_id, at, version = name.partition("@")
        home, files = self._files_of(policy_id)
        if home is None:
            return None
        way = [self._home(file) for file in self._under_way]
        if home in way:
            self._close(way[way.index(home) :])
            return self._cycles[way[-1], home]
        found = [policy for file in files if (policy := self.policy(file)) is not None]
        if (way[-1], home) in self._cycles:
            return self._cycles[way[-1], home]
        versions = [policy for policy in found if not at or policy.version == version]
        return max(versions, key=lambda policy: policy.period.start, default=None)

    def _files_of(self, policy_id: str) -> tuple[Path | None, list[Path]]:
        """Where the policy of that id is at home, and the files of its versions; None where it is nowhere."""
        beside = self._shared if _is_folder(self._shared) else shipped_policies()
        if policy_id and _is_folder(beside / policy_id):
            return beside / policy_id, _versions_in(beside / policy_id)
        if not _is_folder(self._root):
            files = [file for file in _versions_in(self._root.parent) if _policy_id(self._text(file)) == policy_id]
            if policy_id and files:
                return self._home(files[0]), files
        shipped = shipped_policies() / policy_id
        return (shipped, _versions_in(shipped)) if policy_id and _is_folder(shipped) else (None, [])

    def _home(self, file: Path) -> Path:
        """The folder of a policy; the file itself where it lies beside the single file that was asked for."""
        return file if not _is_folder(self._root) and file.parent == self._shared else file.parent

    def _close(self, cycle: list[Path]) -> None:
        """Remember for each policy of a cycle, whichever was read first, the way from it back to itself."""
        for place, folder in enumerate(cycle):
            onward = [*cycle[place:], *cycle[: place + 1]]
            self._cycles.setdefault((folder, onward[1]), ImportCycle(tuple(step.name for step in onward)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # the loader says why it cannot be read


def _around(file: Path) -> tuple[Path, list[Path]]:
    """For a single file: the folder whose vocabulary counts for it, and its own folder where that is another one.

    A file in a folder named by its policy's id stands in a folder of policies.
    """
    folder = file.resolve().parent
    if _policy_id(load_file(file)) == folder.name:
        above = file.parent / ".." if file.parent.name in ("", "..") else file.parent.parent
        return above, [file.parent]
    return file.parent, []


def _policy_id(loaded: Loaded) -> str | None:
    """The id that a file gives itself."""
    policy_id = loaded.root.get("policy") if loaded.root is not None else None
    return policy_id.text if isinstance(policy_id, Scalar) else None


def _versions_in(folder: Path) -> list[Path]:
    """The YAML files directly in a policy's folder, but for its vocabulary."""
    return sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES and file.name != VOCABULARY_FILE)


def _policy_files(root: Path) -> list[Path]:
    """Every YAML file in the folders of a folder. Raises `PolicyRefused` for one out of reach or place."""
    try:
        folders = sorted(folder for folder in root.iterdir() if folder.is_dir())
        files = [file for folder in folders for file in _versions_in(folder)]
        stray = [file for file in sorted(root.iterdir()) if file.suffix in _SUFFIXES and file.name != VOCABULARY_FILE]
    except OSError as problem:
        words = {"reason": reason_of(problem)}
        raise PolicyRefused([Diagnostic(Code.FILE_UNREADABLE, Span(str(root)), words)]) from None
    if stray:
        raise PolicyRefused([_stray(file) for file in stray])
    return files


def _stray(file: Path) -> Diagnostic:
    """What is said of a file that lies beside the policies' folders: that it is in none, or no policy at all."""
    loaded = load_file(file)
    if loaded.root is not None and is_no_policy(loaded.root) and "vocabulary" not in loaded.root.by_key:
        return Diagnostic(Code.NOT_A_POLICY, loaded.root.span)
    own = str(file.parent) if _policy_id(loaded) == file.resolve().parent.name else ""
    return Diagnostic(Code.STRAY_FILE, Span(str(file)), {"own": own})


def _excluding_nobody(policies: list[Policy]) -> list[Diagnostic]:
    """Where a policy excludes another by an id that none has: a slip, or one that nobody has written yet."""
    ids = {policy.id for policy in policies}
    clauses = {f"{policy.id}/{clause.id}" for policy in policies for clause in policy.clauses}
    found: list[Diagnostic] = []
    for policy in policies:
        for other in policy.beside:
            named = [f"{other.policy}/{clause}" for clause in other.others] or [other.policy]
            for name in named:
                if name not in ids | clauses:
                    words = {"written": name, "nearest": nearest(name, clauses if other.others else ids) or ""}
                    found.append(Diagnostic(Code.EXCLUDES_NOBODY, other.span, words))
    return found


def _clashes(policies: list[Policy]) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    seen: dict[tuple[str, str], Policy] = {}
    for policy in policies:
        first = seen.setdefault((policy.id, policy.version), policy)
        if first is not policy:
            words = {"version": first.version, "file": first.span.file}
            problems.append(Diagnostic(Code.DUPLICATE_VERSION, policy.span, words))
    for earlier, later in pairwise(policies):
        if earlier.id != later.id:
            continue
        words = {"version": earlier.version, "file": earlier.span.file}
        if earlier.period.end is None or earlier.period.end >= later.period.start:
            problems.append(Diagnostic(Code.VERSIONS_OVERLAP, later.span, words))
    return problems


def _name(file: Path, root: Path) -> str:
    """How messages name a file: as the caller would, or below the policies folder for the shipped ones."""
    shipped = shipped_policies()
    if root == shipped or not file.is_relative_to(root):
        return str(Path("policies") / file.relative_to(shipped)) if file.is_relative_to(shipped) else str(file)
    return str(file)
