"""Sale events as JSON bodies for the journal and the wire, and back, checked field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money
from shared.domain.sale import SaleEvent

_EVENTS: dict[str, Any] = {event.type: event for event in get_args(SaleEvent)}
SALE_EVENT_TYPES = frozenset(_EVENTS)
SCHEMA = 1


def encode(event: SaleEvent) -> tuple[str, dict[str, object]]:
    """The event's type and its body: JSON values only, amounts as `{"minor", "currency"}`."""
    return event.type, {f.name: _to_json(getattr(event, f.name)) for f in fields(event)}


def decode(type: str, body: Mapping[str, object]) -> SaleEvent:
    """The event of a body. Keys it does not know are passed over (`sale_id`, newer fields).

    Raises ValueError naming the field when the type is unknown or the body is not of its shape.
    """
    if type not in _EVENTS:
        raise ValueError(f"unknown sale event {type!r}")
    event = _EVENTS[type]
    values = {name: _field(hint, body[name], name) for name, hint in _fields(event) if name in body}
    try:
        decoded: SaleEvent = event(**values)
    except TypeError as error:
        raise ValueError(f"{type}: {error}") from error
    return decoded


@cache
def _fields(event: Any) -> tuple[tuple[str, Any], ...]:
    """The names and types of an event's fields: a journal is decoded row by row, a million at a time."""
    hints = get_type_hints(event)
    return tuple((f.name, hints[f.name]) for f in fields(event))


def _to_json(value: object) -> object:
    match value:
        case Money():
            return {"minor": value.minor, "currency": value.currency.code}
        case LeaseUnit():
            return {"lease_id": value.lease_id.hex(), "k": value.k}
        case tuple():
            return [_to_json(item) for item in value]
        case _:
            return value


def _field(hint: Any, value: object, name: str) -> Any:
    try:
        return _from_json(hint, value)
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError(f"field {name!r}: {error}") from error


def _from_json(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin is tuple:
        return tuple(_from_json(get_args(hint)[0], item) for item in _expect(list, value))
    if origin is Literal:
        return _one_of(get_args(hint), value)
    if origin is not None:  # Mapping[str, object]
        return _expect(dict, value)
    reader = _READERS.get(hint)
    return reader(value) if reader else _expect(hint, value)


def _money(value: Any) -> Money:
    return Money(_expect(int, value["minor"]), Currency(_expect(str, value["currency"])))


def _unit(value: Any) -> LeaseUnit:
    return LeaseUnit(bytes.fromhex(_expect(str, value["lease_id"])), _expect(int, value["k"]))


_READERS: dict[Any, Callable[[Any], object]] = {Money: _money, LeaseUnit: _unit}


def _one_of(allowed: tuple[Any, ...], value: object) -> object:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {allowed}")
    return value


def _expect(kind: type, value: object) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value
