"""The command line. The only place that reads the clock, the environment and standard input, and that prints."""

import gc

# A command is short: looking for garbage while it starts would cost a tenth of its time.
gc.set_threshold(100_000)
