"""Documents that a company files and an officer accepts: put together once, written in several formats."""
