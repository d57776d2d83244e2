"""The `incentives` command, also as `python -m incentives`.

What a command loads it needs to its end, and a check leaves no cycles behind: the collector of them would go through
all that is there, several times on the way and once more at the end, which is a fifth of a command's time, and find
nothing.
"""

import gc


def run() -> None:
    """The entry point of the installed command."""
    gc.disable()
    from incentives.cli.main import run as run_command

    try:
        run_command()
    finally:
        gc.freeze()  # the interpreter collects once more when it ends: now there is nothing to go through


if __name__ == "__main__":
    run()
