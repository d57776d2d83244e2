"""Decisions explained: conditions in words, with needed, actual and short-by values; and their rendering."""
