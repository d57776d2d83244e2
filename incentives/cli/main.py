"""The `incentives` command. Each command lives in a file of its own and imports what it needs when it runs.

To read the options of all commands takes longer than to find the one that is meant: only that one is loaded.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from os import open as descriptor
from typing import Annotated

import typer

from incentives.cli.exits import Exit

COMMANDS = {
    "check": ("incentives.cli.check", "check"),
    "explain": ("incentives.cli.advise", "explain"),
    "plan": ("incentives.cli.advise", "plan"),
    "ask": ("incentives.cli.ask", "ask"),
    "curve": ("incentives.cli.curve", "curve"),
    "policies": ("incentives.cli.browse", "list_policies"),
    "show": ("incentives.cli.browse", "show"),
    "facts": ("incentives.cli.browse", "facts"),
    "new-profile": ("incentives.cli.browse", "new_profile"),
    "schema": ("incentives.cli.browse", "schema"),
}
"""Each command with the module and the function that it is, in the order of the help."""


def application(*only: str) -> typer.Typer:
    """The command line with all commands, or with `only` some."""
    app = typer.Typer(
        name="incentives",
        help="Which public incentives a company qualifies for, how much, and why. 企业可享受哪些政策、多少、为什么。",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_main)
    for name in only or COMMANDS:
        module, function = COMMANDS[name]
        app.command(name)(getattr(import_module(module), function))
    return app


def _version(wanted: bool) -> None:
    if wanted:
        import platform

        from incentives import __version__
        from incentives.engines import ENGINES, engines_present

        present = engines_present()
        named = [
            f"{name} (default)" if name == present[0] else name if name in present else f"{name} (not installed)"
            for name in ENGINES
        ]
        print(f"incentives {__version__}\nengines: {', '.join(named)}\nPython {platform.python_version()}")
        raise typer.Exit


def _main(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Version and engines. 版本与引擎")
    ] = False,
) -> None:
    pass


def run() -> None:
    """The whole of a command, whatever the streams and the terminal it is given."""
    # Started with a stream closed, Python has none. What is read is then empty, what is said goes nowhere; but an
    # answer that goes nowhere is not written: what only reads takes the place of its stream, and refuses it.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 (open to the end)
    sys.stdout = sys.stdout or open(descriptor(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (open to the end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a sign gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        try:
            application(*[name for name in sys.argv[1:2] if name in COMMANDS])()
        finally:
            sys.stdout.flush()  # a command ends by an exit, also where all went well
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except OSError as problem:
        # Input that cannot be read is refused long before, so this is the answer that cannot be written.
        from incentives.diagnostics.reasons import reason_of, reason_text

        where = f" ({problem.filename})" if problem.filename is not None else ""
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what is left unwritten goes there, without a word
        with suppress(OSError):  # of a terminal that is closed, both are gone
            en, zh = (reason_text(reason_of(problem), lang) for lang in ("en", "zh"))
            print(f"the answer could not be written 无法写出结果: {en} {zh}{where}", file=sys.stderr)
        sys.exit(Exit.NOT_WRITTEN)
