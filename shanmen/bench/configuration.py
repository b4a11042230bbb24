"""The settings file that makes a kiosk work with the devices of a bench."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kiosk.settings import KioskSettings
from shanmen.bench.station import Station

_DESK_SCREEN = {"full_screen": False, "width_px": 486, "height_px": 864}


def kiosk_tables(stations: Sequence[Station], data: Path) -> dict[str, object]:
    """The tables of a kiosk's settings; devices that a kiosk's settings have no place for yet are left out."""
    tables: dict[str, object] = {
        "terminal": {"name": "kiosk-1", "data": str(data)},
        "central": {},
        "screen": _DESK_SCREEN,
    }
    for station in stations:
        _merge(tables, station.settings)
    return {key: value for key, value in tables.items() if key in KioskSettings.model_fields}


def _merge(into: dict[str, object], more: Mapping[str, object]) -> None:
    for key, value in more.items():
        present = into.get(key)
        both = isinstance(present, dict) and isinstance(value, Mapping)
        into[key] = {**present, **value} if both else value  # type: ignore[dict-item]


def in_toml(tables: Mapping[str, object]) -> str:
    """The tables as TOML. Raises TypeError for a value that a settings file does not have."""
    return "\n".join(f"[{name}]\n{_rows(table)}" for name, table in _flattened(tables))


def _flattened(tables: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """A table that holds nothing but tables is written as those: `[payment.wechat]`."""
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            raise TypeError(f"{name}: a settings file consists of tables")
        if table and all(isinstance(value, Mapping) for value in table.values()):
            yield from ((f"{name}.{_key(str(key))}", inner) for key, inner in table.items())
        else:
            yield name, table


def _rows(table: Mapping[str, object]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else _text(key)


def _value(value: object) -> str:
    match value:
        case str():
            return _text(value)
        case bool() | int() | float():
            return json.dumps(value)  # written alike in both
        case Mapping():
            return "{ " + ", ".join(f"{_key(str(key))} = {_value(item)}" for key, item in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(_value(item) for item in value) + "]"
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a settings file")


def _text(text: str) -> str:
    """JSON's strings are TOML's but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
