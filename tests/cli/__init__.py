"""The command line as people and programs use it: what it prints, where, and how it ends."""
