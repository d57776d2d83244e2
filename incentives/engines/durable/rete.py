"""The C module of durable-rules, driven directly. Imports the network.

The package's own host starts timer threads and swallows exceptions; the C module does neither. What it
needs: rulesets of at most 60 patterns, one dummy rule fired first, messages with small explicit ids, few
pending matches at a time, `delete_state` after each run, and one network to a thread.

What it costs is memory: a state takes 8 KiB for each pattern and 9 KiB for each message. Where several are alive,
or one is large, the system gives and takes back pages for each run, and a run takes five times as long.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable, Mapping, Sequence

import durable_rules_engine as durable

from incentives.engines.durable.network import Rule

PATTERNS_PER_RULESET = 20
"""A third of what the library bears: a state of so many stays in memory that is used again for the next."""

ROWS_PER_RUN = 16
"""Rows joined in one run; more would make the joins of one run grow with the length of a list."""

COMPANY_ROW = 0
_DUMMY = 0
_STATE = "1"
_NUMBER = len('{"r')
"""Where the number of a rule stands in what is told of its match."""

Message = tuple[int, int]
"""A proposition and the row it is about; row 0 is the company."""


class Rete:
    """Rulesets that draw every conclusion from the messages they are given. Not for several threads.

    A ruleset is compiled when it is first told something.
    """

    def __init__(self, name: str, rules: Sequence[Rule]) -> None:
        self._name = name
        self._rules = rules
        self._chunks = _chunks(rules)
        self._handles: dict[int, int] = {}
        self._consumers: dict[int, list[int]] = {}
        for place, chunk in enumerate(self._chunks):
            for proposition in dict.fromkeys(
                pattern.proposition for number in chunk for pattern in rules[number].when
            ):
                self._consumers.setdefault(proposition, []).append(place)
        weakref.finalize(self, _delete, self._handles)

    def conclude(self, given: Iterable[Message]) -> set[Message]:
        """Everything that follows from messages about the company and about rows: the given and the drawn.

        One ruleset runs after the other, each once all is known that it can be told: the state of one alone is
        alive at a time.
        """
        known: set[Message] = set()
        waiting: list[list[Message]] = [[] for _ in self._chunks]
        self._tell(given, known, waiting)
        for place, messages in enumerate(waiting):
            for batches in _runs(messages):
                self._tell(self._run(place, batches), known, waiting)
        return known

    def _tell(self, messages: Iterable[Message], known: set[Message], waiting: Sequence[list[Message]]) -> None:
        """Note what was not known, and leave it with every ruleset that has a rule for it."""
        for message in messages:
            if message not in known:
                known.add(message)
                for place in self._consumers.get(message[0], ()):
                    waiting[place].append(message)

    def _run(self, place: int, batches: Sequence[Sequence[Message]]) -> Iterable[Message]:
        """What one ruleset concludes, batch after batch: few matches are pending at a time."""
        handle = self._handle(place)
        drawn: dict[Message, None] = {}
        sent = 0
        try:
            for batch in batches:
                queue = batch
                while queue:
                    for message in queue:
                        state = _assert(handle, sent + 1, message)
                        sent += 1
                    found = dict.fromkeys([message for message in self._drain(handle, state) if message not in drawn])
                    drawn.update(found)
                    queue = [message for message in found if place in self._consumers.get(message[0], ())]
        finally:
            if sent:
                durable.delete_state(handle, _STATE)
        return drawn

    def _handle(self, place: int) -> int:
        """The ruleset at a place, its dummy rule fired when it is new."""
        handle = self._handles.get(place)
        if handle is None:
            definition = {f"r{number}": _definition(self._rules[number]) for number in self._chunks[place]}
            definition["dummy"] = {"all": [{"m0": {_field(_DUMMY): 1}}]}
            handle = self._handles[place] = durable.create_ruleset(f"{self._name}-{place}", json.dumps(definition))
            state = _assert(handle, 1, (_DUMMY, COMPANY_ROW))
            durable.start_action_for_state(handle, state)
            durable.complete_and_start_action(handle, state)
            durable.delete_state(handle, _STATE)
        return handle

    def _drain(self, handle: int, state: int) -> Iterable[Message]:
        """The conclusions of every rule that is matched now."""
        started = durable.start_action_for_state(handle, state)
        matched = started[1] if started else None
        while matched:
            rule = self._rules[int(matched[_NUMBER : matched.index('"', _NUMBER)])]
            row = COMPANY_ROW
            if rule.when[0].about_row:
                [messages] = json.loads(matched).values()
                row = messages["m0"]["r"]
            yield rule.concludes, row
            matched = durable.complete_and_start_action(handle, state)


def _runs(messages: Sequence[Message]) -> Iterable[list[list[Message]]]:
    """The messages for one ruleset, so many rows to a run: those about the company first, then row by row."""
    rows: dict[int, list[Message]] = {}
    for message in messages:
        rows.setdefault(message[1], []).append(message)
    company = rows.pop(COMPANY_ROW, [])
    batches = list(rows.values())
    for start in range(0, max(len(batches), 1 if company else 0), ROWS_PER_RUN):
        yield [company, *batches[start : start + ROWS_PER_RUN]]


def _definition(rule: Rule) -> dict[str, object]:
    """A rule as durable-rules reads it: equality tests, joined on the row of the first message."""
    patterns: list[dict[str, object]] = []
    for place, pattern in enumerate(rule.when):
        tests: list[dict[str, object]] = [{_field(pattern.proposition): 1}]
        if not pattern.about_row:
            tests.append({"r": COMPANY_ROW})
        elif place:
            tests.append({"r": {"m0": "r"}})
        patterns.append({f"m{place}": {"$and": tests}})
    return {"all": patterns}


def _field(proposition: int) -> str:
    """The field of a message that says the proposition holds: a test is found by its name, not tried one by one."""
    return f"p{proposition}"


def _chunks(rules: Sequence[Rule]) -> list[list[int]]:
    """Rule numbers grouped so that no ruleset holds too many patterns or needs what a later one concludes."""
    chunks: list[list[int]] = [[]]
    patterns = 1
    for number in _ordered(rules):
        if patterns + len(rules[number].when) > PATTERNS_PER_RULESET:
            chunks.append([])
            patterns = 1
        chunks[-1].append(number)
        patterns += len(rules[number].when)
    return chunks


def _ordered(rules: Sequence[Rule]) -> Iterable[int]:
    """Rule numbers, each after those that conclude what it waits for, else as they are given."""
    concluding: dict[int, list[int]] = {}
    for number, rule in enumerate(rules):
        concluding.setdefault(rule.concludes, []).append(number)
    done: set[int] = set()
    waiting = list(reversed(range(len(rules))))
    while waiting:
        number = waiting[-1]
        needed = {other for pattern in rules[number].when for other in concluding.get(pattern.proposition, ())} - done
        if needed:
            waiting += sorted(needed, reverse=True)
            continue
        waiting.pop()
        if number not in done:
            done.add(number)
            yield number


def _assert(handle: int, number: int, message: Message) -> int:
    proposition, row = message
    text = f'{{"id":{number},"sid":"{_STATE}","{_field(proposition)}":1,"r":{row}}}'
    outcome, state = durable.assert_fact(handle, text)
    if outcome != 0:
        raise RuntimeError(f"durable-rules refused message {text} with code {outcome}")
    return int(state)


def _delete(handles: Mapping[int, int]) -> None:
    for handle in handles.values():
        durable.delete_ruleset(handle)
