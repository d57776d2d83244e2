"""Building much at once without looking through it for garbage again and again. Imports nothing of this project."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_is_kept() -> Iterator[None]:
    """While something large grows of which nothing is thrown away, the collector of cycles does not run.

    It would go through all that is there each time it has grown by a quarter. The collector is one for the whole
    process: where it was off before, it stays off; where several threads load at once, the first to end turns it on.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
