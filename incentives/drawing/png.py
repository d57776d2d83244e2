"""An SVG picture as PNG, by CairoSVG where it is installed. Imports nothing of this project."""

from __future__ import annotations

from importlib.util import find_spec

_SCALE = 2
"""Pixels of the picture for each of the drawing: sharp on paper and on fine screens."""


def present() -> bool:
    """Whether PNG can be written here."""
    return find_spec("cairosvg") is not None


def png_of(svg: str) -> bytes:
    """The picture as PNG. Raises `OSError` where the cairo library of the system is missing."""
    import cairosvg

    found = cairosvg.svg2png(bytestring=svg.encode(), scale=_SCALE)
    assert isinstance(found, bytes)
    return found
