"""Runs a marked block of a README exactly as written: `python -m tests.readme.run README.md setup`.

Needs nothing but the standard library, because it runs before anything is installed.
"""

from __future__ import annotations

import subprocess
import sys

from tests.readme.blocks import ROOT, agrees, marked


def main(readme: str, name: str) -> int:
    block = marked(readme, name)
    if block.output is None:
        return subprocess.run(["bash", "-e", "-c", block.body], cwd=ROOT, check=False).returncode
    ran = subprocess.run(
        ["bash", "-e", "-c", block.body], cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    print(ran.stdout, end="")
    if ran.returncode == 0 and not agrees(ran.stdout, block.output):
        print(f"{readme}: block {name} prints something else than the README says", file=sys.stderr)
        return 1
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
