"""`python -m tests.conformance.rewrite [group ...]`: write the expectations of stored cases anew.

The one deliberate way to change what is expected. It writes only what every engine here and the oracle say
alike; whoever runs it reads the difference line by line before keeping it. Cases that the generators found have no
expectation and are given none.
"""

from __future__ import annotations

import sys

from tests.conformance.cases import EXPECTED_FILE, FOUND, Case, expectation, stored_cases
from tests.generators import read_raw, write
from tests.verdicts import assert_agreement, decide


def rewrite(case: Case) -> bool:
    """Write what is expected of `case`; whether that changed."""
    vocabulary, profile = read_raw(case.vocabulary), read_raw(case.profile)
    assert_agreement(case.policy_set(), case.raw_policies(), (vocabulary, profile, case.on))
    found = expectation(decide(case.policy_set(), case.read_profile(), case.on))
    if found == case.expected:
        return False
    (case.folder / EXPECTED_FILE).write_text(write(found), encoding="utf-8")
    return True


def main(groups: list[str]) -> None:
    for case in stored_cases():
        if case.folder.parent == FOUND and case.expected is None:
            continue
        if (not groups or case.folder.parent.name in groups) and rewrite(case):
            print(f"rewritten: {case.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
