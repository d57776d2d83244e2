"""The scenarios in `features/` bound to the engine, and tests of their step vocabulary."""
