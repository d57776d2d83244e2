"""Arithmetic on amounts, held against counting out every case."""
