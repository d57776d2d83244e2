"""Arithmetic on amounts that all engines share.

Imports `values` only.
"""
