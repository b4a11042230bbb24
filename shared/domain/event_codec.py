"""Events of a family as JSON bodies for the journal and the wire, and back, checked field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money

Event = TypeVar("Event")


class EventCodec(Generic[Event]):
    """Reads and writes the events of one family: frozen dataclasses that each name their `type`."""

    def __init__(self, family: str, events: Iterable[Any]) -> None:
        self._family = family
        self._events: dict[str, Any] = {event.type: event for event in events}
        self.types = frozenset(self._events)

    def encode(self, event: Event) -> tuple[str, dict[str, object]]:
        """The event's type and its body: JSON values only, amounts as `{"minor", "currency"}`; no key for None."""
        return event.type, _body(event)  # type: ignore[attr-defined]

    def decode(self, type: str, body: Mapping[str, object]) -> Event:
        """The event of a body. Keys it does not know are passed over (`sale_id`, newer fields).

        Raises ValueError naming the field when the type is unknown or the body is not of its shape.
        """
        if type not in self._events:
            raise ValueError(f"unknown {self._family} event {type!r}")
        decoded: Event = _record(self._events[type], body)
        return decoded


def _record(kind: Any, body: Any) -> Any:
    _expect(Mapping, body)
    values = {name: _field(hint, body[name], name) for name, hint in _fields(kind) if name in body}
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{getattr(kind, 'type', kind.__name__)}: {error}") from error


@cache
def _fields(event: Any) -> tuple[tuple[str, Any], ...]:
    """The names and types of an event's fields: a journal is decoded row by row, a million at a time."""
    hints = get_type_hints(event)
    return tuple((f.name, hints[f.name]) for f in fields(event))


def _body(record: Any) -> dict[str, object]:
    values = ((f.name, getattr(record, f.name)) for f in fields(record))
    return {name: _to_json(value) for name, value in values if value is not None}


def _to_json(value: object) -> object:
    match value:
        case Money():
            return {"minor": value.minor, "currency": value.currency.code}
        case LeaseUnit():
            return {"lease_id": value.lease_id.hex(), "k": value.k}
        case tuple():
            return [_to_json(item) for item in value]
        case _:
            return _body(value) if is_dataclass(value) else value


def _field(hint: Any, value: object, name: str) -> Any:
    try:
        return _from_json(hint, value)
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError(f"field {name!r}: {error}") from error


def _from_json(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:  # something, or None
        return None if value is None else _from_json(_something(hint), value)
    if origin is tuple:
        return tuple(_from_json(get_args(hint)[0], item) for item in _expect(list, value))
    if origin is Literal:
        return _one_of(get_args(hint), value)
    if origin is not None:  # Mapping[str, object]
        return _expect(dict, value)
    reader = _READERS.get(hint)
    if reader:
        return reader(value)
    return _record(hint, value) if is_dataclass(hint) else _expect(hint, value)


def _something(hint: Any) -> Any:
    return next(member for member in get_args(hint) if member is not NoneType)


def _money(value: Any) -> Money:
    return Money(_expect(int, value["minor"]), Currency(_expect(str, value["currency"])))


def _unit(value: Any) -> LeaseUnit:
    return LeaseUnit(bytes.fromhex(_expect(str, value["lease_id"])), _expect(int, value["k"]))


_READERS: dict[Any, Callable[[Any], object]] = {Money: _money, LeaseUnit: _unit}


def _one_of(allowed: tuple[Any, ...], value: object) -> object:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {allowed}")
    return value


def _expect(kind: Any, value: object) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value
