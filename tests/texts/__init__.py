"""Widths, lines and amounts as people see them."""
