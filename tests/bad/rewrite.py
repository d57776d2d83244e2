"""`python -m tests.bad.rewrite [part of a name ...]`: write what the bad cases answer anew.

The one deliberate way to change what is expected; whoever runs it reads every changed message as the officer
or the clerk who gets it.
"""

from __future__ import annotations

import sys
from itertools import chain

from tests.bad.cases import ROOT, cases, write_expected
from tests.bad.made import made_cases


def main(wanted: list[str]) -> None:
    kept = set()
    for case in chain(cases(), made_cases()):
        kept |= {case.expected_file("zh"), case.expected_file("en")}
        if not wanted or any(part in case.name for part in wanted):
            for file in write_expected(case):
                print(f"rewritten: {file.relative_to(ROOT)}")
    for file in sorted(ROOT.glob("*/*.txt")):
        if file not in kept:
            print(f"belongs to no case: {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
