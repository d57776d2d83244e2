"""Reports: what the document holds, and each format it is written in."""
