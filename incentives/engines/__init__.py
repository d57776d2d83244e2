"""The engines, by name. Each is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from types import MappingProxyType

from incentives.diagnostics import EngineUnavailable
from incentives.engines.rows import Engine


def _durable() -> Engine:
    from incentives.engines.durable.engine import DurableEngine

    return DurableEngine()


def _native() -> Engine:
    from incentives.engines.native.engine import NativeEngine

    return NativeEngine()


def _reference() -> Engine:
    from incentives.engines.reference import ReferenceEngine

    return ReferenceEngine()


ENGINES: Mapping[str, Callable[[], Engine]] = MappingProxyType(
    {"durable": _durable, "native": _native, "reference": _reference}
)
"""Every engine there is and how to make it, the preferred one first."""

FAST = "native"
"""The engine for what is decided many times over; it is always there."""


def engines_present() -> tuple[str, ...]:
    """The engines that can run in this environment, the default one first."""
    return tuple(name for name in ENGINES if name != "durable" or _durable_works())


def make_engine(name: str | None = None) -> Engine:
    """The engine of that name, by default the preferred one that is present.

    Raises `EngineUnavailable` where it is not installed.
    """
    present = engines_present()
    chosen = present[0] if name is None else name
    if chosen not in present:
        raise EngineUnavailable(chosen, present)
    return ENGINES[chosen]()


def _durable_works() -> bool:
    """On Python 3.13 and later the extension may be installed and still fail to import."""
    if find_spec("durable_rules_engine") is None:
        return False
    try:
        import durable_rules_engine  # noqa: F401
    except ImportError:
        return False
    return True
