"""Measurements as ratios within one run, with the answers checked. `python -m tests.benchmarks [--quick]`."""
