"""`python -m tests.cli.rewrite`: write the stored reports anew, and remove those of no command.

The one deliberate way to change them; whoever runs it reads the difference as the person who gets the report.
"""

from __future__ import annotations

from tests.cli.golden_files import GOLDEN, expected, printed


def main() -> None:
    stored, found = expected(), printed()
    GOLDEN.mkdir(exist_ok=True)
    for name in sorted(stored.keys() - found.keys()):
        (GOLDEN / f"{name}.txt").unlink()
        print(f"removed: {name}")
    for name, text in found.items():
        if stored.get(name) != text:
            (GOLDEN / f"{name}.txt").write_text(text, encoding="utf-8")
            print(f"rewritten: {name}")


if __name__ == "__main__":
    main()
