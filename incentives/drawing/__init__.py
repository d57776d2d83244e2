"""Curves drawn: in a terminal, as SVG, as PNG. Imports explanations and texts, and works out where things go."""
