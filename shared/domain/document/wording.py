"""The words in which mistakes are told."""

from __future__ import annotations

from collections.abc import Mapping


def kind_of(value: object) -> str:
    """What a value is, in the words of a mistake: `a text`, `a fraction`."""
    names = {str: "a text", bool: "true or false", int: "a whole number", float: "a fraction", type(None): "nothing"}
    if value == "":
        return "an empty text"
    return names.get(type(value), "a table" if isinstance(value, Mapping) else "a list")


def bounds_text(least: int | None, most: int | None) -> str:
    """`1..7`, `at least 1`, `at most 7`; one of the two is there."""
    if most is None:
        return f"at least {least}"
    return f"at most {most}" if least is None else f"{least}..{most}"
