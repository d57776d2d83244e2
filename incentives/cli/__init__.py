"""The command line. The only place that reads the clock, the environment and standard input, and that prints."""
