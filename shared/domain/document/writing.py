"""A value as a document: the inverse of reading, driven by the fields of its dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

from shared.domain.canonical import instant_text
from shared.domain.money import Currency
from shared.domain.text import LocalText


def document_of(value: object) -> Any:
    """JSON values only. A field stands under its name, or under `metadata["key"]`; one that is None or at its
    default is left out. A class attribute `kind` (of a tagged union) is written too. Times of day are `HH:MM`.
    """
    match value:
        case LocalText():
            return dict(value.by_language)
        case Currency():
            return value.code
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case tuple():
            return [document_of(item) for item in value]
        case Mapping():
            return {key: document_of(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            return _table(value)
        case _:
            return value


def json_values(value: object) -> Any:
    """The same with JSON values only: the dates and times that a TOML file may hold become ISO 8601 texts."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): json_values(item) for key, item in value.items()}
        case list() | tuple():
            return [json_values(item) for item in value]
        case _:
            return value


def _table(value: Any) -> dict[str, object]:
    own = fields(value)
    tagged = hasattr(type(value), "kind") and "kind" not in {field.name for field in own}
    table: dict[str, object] = {"kind": value.kind} if tagged else {}
    for field in own:
        content = getattr(value, field.name)
        if content is not None and (field.default is MISSING or content != field.default):
            table[field.metadata.get("key", field.name)] = document_of(content)
    return table
