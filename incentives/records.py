"""What plain data is made of: records and frozen classes that are quick to define. Imports nothing of this project.

For every named tuple and every dataclass the standard library writes the methods anew and compiles them. Of the
hundreds of small classes that a command loads, that is the greater part of what it takes to load them. Here all share
what can be shared, and what makes an instance is a copy of one function for each number of fields, with the names of
the fields put in. Such classes are made, compared, shown, copied and pickled as those of the standard library are;
that fields with a default come last, the type checker sees to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import Field
    from dataclasses import replace as replaced
    from typing import ClassVar, NamedTuple, dataclass_transform

    Kind = TypeVar("Kind", bound=type)

    @dataclass_transform(frozen_default=True)
    class Record:
        """A named tuple that the type checker takes for a class of its own.

        The unions of what a policy is made of hold one another. Named tuples are compared item by item, so that a
        type checker walks such unions again for each case of each match, for minutes; classes it tells apart by their
        names.
        """

        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @dataclass_transform(frozen_default=True)
    def frozen(cls: Kind) -> Kind:
        """As `dataclass(frozen=True, slots=True)`, for classes without factories of defaults."""

else:
    from collections import namedtuple
    from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
    from functools import cache
    from operator import attrgetter
    from types import FunctionType

    _PLACES = [vars(made)[name] for made in [namedtuple("_", [f"at{n}" for n in range(64)])] for name in made._fields]
    """What gets the field at each place of a named tuple, whatever its name is."""

    @cache
    def _making(many, written):
        """The code of a function that makes an instance of so many fields: `written` with the names put in."""
        names = [f"at{place}" for place in range(many)]
        items = "".join(f"{name}, " for name in names)
        steps = "".join(f"set_{name}(one, {name}), " for name in names)
        return eval(f"lambda one, {items}: {written.format(items=items, steps=steps)}").__code__

    def _maker(name, declared, defaults, written, known):
        code = _making(len(declared), written).replace(co_varnames=("one", *declared), co_name=name)
        return FunctionType(code, known, name, defaults)

    class _Definition(type):
        """Makes a named tuple of a class whose body declares its fields.

        What it makes is of the plainest kind: whether something is of a class that has a metaclass of its own takes
        twice as long to say, and each case of each match asks that.
        """

        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            declared = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in declared if field in body}
            body |= {field: _PLACES[place] for place, field in enumerate(declared)}
            body |= {
                "_fields": declared,
                "_field_defaults": defaults,
                "__match_args__": declared,
                "__slots__": (),
            }
            known, values = {"new": tuple.__new__}, tuple(defaults.values())
            body["__new__"] = _maker("__new__", declared, values, "new(one, ({items}))", known)
            return type.__new__(type, name, (_Tuple,), body)

    class NamedTuple(metaclass=_Definition):
        """As `typing.NamedTuple`."""

    class _Tuple(tuple):
        """What all named tuples share."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            return _shown(self, self._fields, self)

        def __getnewargs__(self):
            return tuple(self)

    Record = NamedTuple

    def replaced(record, /, **changes):
        """The record with some of its fields changed."""
        return record._replace(**changes)

    def frozen(cls):
        made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
        declared = fields(made)
        names = tuple(field.name for field in declared)
        defaults = tuple(field.default for field in declared if field.default is not MISSING)
        known = {f"set_at{place}": getattr(made, name).__set__ for place, name in enumerate(names)}
        made.__init__ = _maker("__init__", names, defaults, "({steps}None)[-1]", known)
        made._values = attrgetter(*names)
        for name, method in _FROZEN.items():
            setattr(made, name, method)
        return made

    class _Frozen:
        """What all frozen classes share."""

        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name):
            raise FrozenInstanceError(f"cannot delete field {name!r}")

        def __eq__(self, other):
            return self._values(self) == self._values(other) if type(other) is type(self) else NotImplemented

        def __hash__(self):
            return hash(self._values(self))

        def __repr__(self):
            names = [field.name for field in fields(self)]
            return _shown(self, names, [getattr(self, name) for name in names])

        def __getstate__(self):
            return [getattr(self, field.name) for field in fields(self)]

        def __setstate__(self, state):
            for field, value in zip(fields(self), state, strict=True):
                object.__setattr__(self, field.name, value)

    _FROZEN = {name: method for name, method in vars(_Frozen).items() if isinstance(method, FunctionType)}

    def _shown(one, names, values):
        listed = ", ".join(f"{name}={value!r}" for name, value in zip(names, values, strict=True))
        return f"{type(one).__qualname__}({listed})"


__all__ = ["NamedTuple", "Record", "frozen", "replaced"]
