"""Text files read strictly, with the position of everything in them. Imports diagnostics only."""
