"""The examples of the guide for those who write policies: blocks of YAML, each with profiles and what comes out.

A block is a whole policy, or parts of one: keys of a clause, of the policy, or both; what every clause needs
beside them (`title`, `source`, `kind`, `paid_to`) is filled in here. A vocabulary may stand before it. Below it `#<`
begins a profile, a further line of which begins with `# `, and `#>` says what comes out, one line for each
determination.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from incentives import Decision, Determination, Evaluator, Outcome, load_policies
from incentives.explain.amounts import yuan_text
from incentives.language.syntax import CLAUSE
from incentives.values import WITHOUT_MONEY, Interval, NotBounded, Possible

POLICIES = Path(__file__).parents[2] / "policies"
GUIDES = {"en": POLICIES / "README.md", "zh": POLICIES / "README.zh-CN.md"}
APPLICATION = date(2026, 3, 1)
MARKS = {
    Outcome.QUALIFIED: "✓",
    Outcome.NOT_QUALIFIED: "✗",
    Outcome.UNDETERMINED: "?",
    Outcome.NEEDS_REVIEW: "人",
}
_CLAUSE_KEYS = CLAUSE.keys
_FRAME: dict[str, Any] = {
    "incentives": 2,
    "policy": "guide",
    "title": "指南",
    "issuer": "示例区",
    "document": {
        "kind": "official_text",
        "title": "示例",
        "number": "示例1号",
        "publisher": "示例区",
        "published_on": "2020-01-01",
    },
    "in_force": {"from": "2020-01-01", "until": "none"},
    "stacking": "cumulative",
}


class Trial(NamedTuple):
    """A profile as written, and the lines that say what comes out."""

    profile: str
    results: tuple[str, ...]


class Example(NamedTuple):
    """One block: its text, and the trials below it."""

    text: str
    trials: tuple[Trial, ...]

    @property
    def name(self) -> str:
        """Its first line, which cites the clause."""
        return self.text.splitlines()[0].lstrip("# ")[:40]

    def policy(self) -> dict[str, Any]:
        """The whole policy, with everything that the block left out."""
        written = list(yaml.safe_load_all(self.text))[-1]
        whole = _FRAME | {
            key: value for key, value in written.items() if key not in _CLAUSE_KEYS or key == "in_force"
        }
        clause = {key: value for key, value in written.items() if key in _CLAUSE_KEYS}
        if "policy" in written:
            return whole
        if clause:
            whole["in_force"] = _FRAME["in_force"]
            whole["clauses"] = {"it": clause, **written.get("clauses", {})}
        for one in whole.get("clauses", {}).values():
            one.setdefault("title", "示例")
            one.setdefault("source", {"article": "第一条", "says": "示例"})
            award = one.setdefault("award", {"exact": "1元"})
            award.setdefault("kind", "奖励")
            award.setdefault("paid_to", "企业")
        return whole

    def decide(self, trial: Trial, folder: Path) -> list[str]:
        """What comes out for a profile, written as the guide writes it."""
        whole = self.policy()
        place = folder / str(whole["policy"])
        place.mkdir(exist_ok=True)
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
        (place / "policy.yaml").write_text(text, encoding="utf-8")
        vocabulary, *policy = self.text.split("\n---\n")
        if policy:
            (folder / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
        decision = Evaluator(load_policies(folder)).check(yaml.safe_load(trial.profile), APPLICATION)
        return list(_lines(decision, shows_money="award:" in self.text))


def examples(guide: Path) -> list[Example]:
    """Every block of the guide that says what comes out, in order."""
    return [_example(block) for block in blocks(guide) if "\n#> " in block]


def blocks(guide: Path) -> list[str]:
    """Every block of YAML, in order."""
    return re.findall(r"```yaml\n(.*?)```\n", guide.read_text(encoding="utf-8"), re.DOTALL)


def _example(block: str) -> Example:
    text, *rest = re.split(r"^#< ", block, flags=re.MULTILINE)
    trials = []
    for one in rest:
        lines = one.splitlines()
        results = tuple(line.removeprefix("#> ") for line in lines if line.startswith("#> "))
        trials.append(Trial("\n".join(line.lstrip("# ") for line in lines if not line.startswith("#> ")), results))
    return Example(text, tuple(trials))


def _lines(decision: Decision, *, shows_money: bool) -> Iterator[str]:
    [policy] = decision.policies
    several = len({found.clause for found in policy.determinations}) > 1
    for found in policy.determinations:
        parts = (found.clause if several else "", found.item.name if found.item is not None else "")
        yield "  ".join(word for word in (*parts, f"{MARKS[found.outcome]}{_money(found, shows_money)}") if word)
    if len(policy.determinations) > 1 or policy.combined is not None:
        yield f"合计  {_interval(policy.total)}"
    if policy.paid_to_others.possible != 0:
        yield f"另付他人  {_interval(policy.paid_to_others)}"


def _money(found: Determination, shows_money: bool) -> str:
    if not shows_money or found.outcome is Outcome.NOT_QUALIFIED or found.award.basis in WITHOUT_MONEY:
        return ""
    return f" {_interval(found.award.interval)}"


def _interval(interval: Interval) -> str:
    if interval.guaranteed == interval.possible:
        return yuan_text(interval.guaranteed).zh
    return f"{yuan_text(interval.guaranteed).zh}–{_possible(interval.possible)}"


def _possible(possible: Possible) -> str:
    return "∞" if isinstance(possible, NotBounded) else yuan_text(possible).zh
