"""The C module of durable-rules, driven directly. Imports the network.

The package's own host starts timer threads and swallows exceptions; the C module does neither. What it
needs: rulesets of at most 60 patterns, one dummy rule fired first, messages with small explicit ids, few
pending matches at a time, `delete_state` after each run, and one network to a thread.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable, Sequence

import durable_rules_engine as durable

from incentives.engines.durable.network import Rule

PATTERNS_PER_RULESET = 60
ROWS_PER_RUN = 16
"""Rows joined in one run; more would make the joins of one run grow with the length of a list."""

COMPANY_ROW = 0
_DUMMY = 0
_STATE = "1"

Message = tuple[int, int]
"""A proposition and the row it is about; row 0 is the company."""


class Rete:
    """Compiled rulesets that draw every conclusion from the messages they are given. Not for several threads."""

    def __init__(self, name: str, rules: Sequence[Rule]) -> None:
        self._handles: list[int] = []
        self._consumers: dict[int, list[int]] = {}
        self._conclusions = [rule.concludes for rule in rules]
        for chunk in _chunks(rules):
            definition = {f"r{number}": _definition(rules[number]) for number in chunk}
            definition["dummy"] = {"all": [{"m0": {"p": _DUMMY}}]}
            place = len(self._handles)
            self._handles.append(durable.create_ruleset(f"{name}-{place}", json.dumps(definition)))
            for number in chunk:
                for pattern in rules[number].when:
                    places = self._consumers.setdefault(pattern.proposition, [])
                    if place not in places:
                        places.append(place)
        weakref.finalize(self, _delete, tuple(self._handles))
        for handle in self._handles:
            state = _assert(handle, 1, (_DUMMY, COMPANY_ROW))
            durable.start_action_for_state(handle, state)
            durable.complete_and_start_action(handle, state)
            durable.delete_state(handle, _STATE)

    def conclude(self, company: Sequence[Message], rows: Sequence[Sequence[Message]]) -> set[Message]:
        """Everything that follows from messages about the company and about each row, given and drawn."""
        known: set[Message] = set()
        for start in range(0, max(len(rows), 1), ROWS_PER_RUN):
            known |= self._run([company, *rows[start : start + ROWS_PER_RUN]])
        return known

    def _run(self, batches: Iterable[Sequence[Message]]) -> set[Message]:
        known: set[Message] = set()
        sent = 0
        used: dict[int, int] = {}
        try:
            for batch in batches:
                queue = [message for message in batch if message not in known]
                known.update(queue)
                while queue:
                    touched: set[int] = set()
                    for message in queue:
                        for place in self._consumers.get(message[0], ()):
                            sent += 1
                            used[place] = _assert(self._handles[place], sent, message)
                            touched.add(place)
                    queue = []
                    for place in sorted(touched):
                        for drawn in self._drain(self._handles[place], used[place]):
                            if drawn not in known:
                                known.add(drawn)
                                queue.append(drawn)
        finally:
            for place in used:
                durable.delete_state(self._handles[place], _STATE)
        return known

    def _drain(self, handle: int, state: int) -> Iterable[Message]:
        """The conclusions of every rule that is matched now."""
        started = durable.start_action_for_state(handle, state)
        matched = started[1] if started else None
        while matched:
            [(rule, messages)] = json.loads(matched).items()
            yield self._conclusions[int(rule[1:])], messages["m0"]["r"]
            matched = durable.complete_and_start_action(handle, state)


def _definition(rule: Rule) -> dict[str, object]:
    """A rule as durable-rules reads it: equality tests, joined on the row of the first message."""
    patterns: list[dict[str, object]] = []
    for place, pattern in enumerate(rule.when):
        tests: list[dict[str, object]] = [{"p": pattern.proposition}]
        if not pattern.about_row:
            tests.append({"r": COMPANY_ROW})
        elif place:
            tests.append({"r": {"m0": "r"}})
        patterns.append({f"m{place}": {"$and": tests}})
    return {"all": patterns}


def _chunks(rules: Sequence[Rule]) -> list[list[int]]:
    """Rule numbers grouped so that no ruleset holds more patterns than the library bears."""
    chunks: list[list[int]] = [[]]
    patterns = 1
    for number, rule in enumerate(rules):
        if patterns + len(rule.when) > PATTERNS_PER_RULESET:
            chunks.append([])
            patterns = 1
        chunks[-1].append(number)
        patterns += len(rule.when)
    return chunks


def _assert(handle: int, number: int, message: Message) -> int:
    text = f'{{"id":{number},"sid":"{_STATE}","p":{message[0]},"r":{message[1]}}}'
    outcome, state = durable.assert_fact(handle, text)
    if outcome != 0:
        raise RuntimeError(f"durable-rules refused message {text} with code {outcome}")
    return int(state)


def _delete(handles: tuple[int, ...]) -> None:
    for handle in handles:
        durable.delete_ruleset(handle)
