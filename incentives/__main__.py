"""`python -m incentives`."""

from incentives.cli.main import run

run()
