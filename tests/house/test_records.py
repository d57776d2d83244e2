"""Records and frozen classes are what the standard library would make of the same bodies."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing

import pytest
from pydantic import TypeAdapter

from incentives import records


class Tuple(records.NamedTuple):
    """Of two fields."""

    first: int
    second: str | None = None

    @property
    def doubled(self) -> int:
        return self.first * 2


class Below(Tuple):
    """One that inherits the fields of another."""

    __slots__ = ()

    @property
    def halved(self) -> float:
        return self.first / 2


class StandardTuple(typing.NamedTuple):
    first: int
    second: str | None = None


class Empty(records.NamedTuple):
    """Of no fields."""


@records.frozen
class Frozen:
    """Of two fields."""

    first: int
    second: str | None = None

    @property
    def doubled(self) -> int:
        return self.first * 2


@dataclasses.dataclass(frozen=True, slots=True)
class StandardFrozen:
    first: int
    second: str | None = None


@records.frozen
class Single:
    only: list[int]


PAIRS = [(Tuple, StandardTuple), (Frozen, StandardFrozen)]
OWN = [Tuple(1, "a"), Below(1, "a"), Empty(), Frozen(1, "a"), Single([1])]


@pytest.mark.parametrize(("own", "standard"), PAIRS)
@pytest.mark.parametrize(
    ("given", "named"), [((1,), {}), ((1, "a"), {}), ((1,), {"second": "a"}), ((), {"second": "a", "first": 1})]
)
def test_it_is_made_from_the_same_and_holds_the_same(
    own: typing.Any, standard: typing.Any, given: tuple[object, ...], named: dict[str, object]
) -> None:
    made, expected = own(*given, **named), standard(*given, **named)
    assert (made.first, made.second) == (expected.first, expected.second)
    assert repr(made) == repr(expected).removeprefix("Standard")
    assert hash(made) == hash(expected)
    assert made.doubled == 2
    assert own.__match_args__ == standard.__match_args__
    assert list(inspect.signature(own).parameters) == list(inspect.signature(standard).parameters)


@pytest.mark.parametrize(("own", "standard"), PAIRS)
@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, "a", 2), {}), ((1,), {"third": 2}), ((1,), {"first": 2})]
)
def test_it_is_not_made_from_what_the_same_is_not_made_from(
    own: typing.Any, standard: typing.Any, given: tuple[object, ...], named: dict[str, object]
) -> None:
    for kind in (own, standard):
        with pytest.raises(TypeError):
            kind(*given, **named)


@pytest.mark.parametrize("made", OWN, ids=lambda made: type(made).__name__)
def test_it_is_equal_to_a_copy_of_itself(made: object) -> None:
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert other == made
        assert type(other) is type(made)


@pytest.mark.parametrize("made", OWN, ids=lambda made: type(made).__name__)
def test_nothing_in_it_can_be_changed_and_nothing_added(made: object) -> None:
    for name in ("first", "only", "third"):
        with pytest.raises(AttributeError):
            setattr(made, name, 2)
        with pytest.raises(AttributeError):
            delattr(made, name)
    assert not hasattr(made, "__dict__")


def test_what_differs_in_a_field_is_another() -> None:
    assert Tuple(1) != Tuple(2)
    assert Frozen(1, "a") != Frozen(1, "b")
    others: list[object] = [Tuple(1), StandardFrozen(1), (1, None)]
    assert Frozen(1) not in others
    assert len({Frozen(1), Frozen(1, None), Frozen(2)}) == 2


def test_a_field_is_changed_in_a_new_one() -> None:
    assert Tuple(1, "a")._replace(first=2) == Tuple(2, "a")
    assert dataclasses.replace(Frozen(1, "a"), first=2) == Frozen(2, "a")
    with pytest.raises(ValueError, match="third"):
        Tuple(1)._replace(third=2)  # type: ignore[call-arg]


def test_a_tuple_is_made_of_what_is_there() -> None:
    assert Tuple._make([1, "a"]) == Tuple(1, "a")
    assert Tuple(1)._asdict() == {"first": 1, "second": None}
    assert Below(4).halved == 2
    assert Empty() == ()
    with pytest.raises(TypeError):
        Tuple._make([1])


@pytest.mark.parametrize(("own", "standard"), PAIRS)
def test_programs_see_the_same_in_json(own: typing.Any, standard: typing.Any) -> None:
    kind, expected = TypeAdapter(own), TypeAdapter(standard)
    written = kind.dump_json(own(1, "a"))
    assert written == expected.dump_json(standard(1, "a"))
    assert kind.validate_json(written) == own(1, "a")
    schemas = [{**adapter.json_schema(), "title": None, "description": None} for adapter in (kind, expected)]
    assert schemas[0] == schemas[1]


def test_a_named_tuple_has_no_metaclass_which_would_slow_down_each_match() -> None:
    metaclasses: set[type] = {type(Tuple), type(Below), type(StandardTuple)}
    assert metaclasses == {type}
