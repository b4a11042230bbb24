"""The line of a TOML file where a place of its document stands, for messages about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from shared.domain.document import Place

_ARRAY_HEADER = re.compile(r"\s*\[\[\s*([\w.\- ]+?)\s*\]\]")
_HEADER = re.compile(r"\s*\[\s*([\w.\- ]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")


def line_of(text: str, place: Place) -> int | None:
    """The line (from 1) of a place, or of the innermost table or key around it; None when there is none.

    Good for files as people write them: bare keys, one key on a line.
    """
    lines: dict[Place, int] = {}
    for found, number in _places(text):
        lines.setdefault(found, number)
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


def _places(text: str) -> Iterator[tuple[Place, int]]:
    table: Place = ()
    counts: dict[Place, int] = defaultdict(int)
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ARRAY_HEADER.match(line):
            array = _resolved(_parts(match), counts)
            table = (*array, counts[array])
            counts[array] += 1
            yield table, number
        elif match := _HEADER.match(line):
            table = _resolved(_parts(match), counts)
            yield table, number
        elif match := _KEY.match(line):
            yield (*table, *_parts(match)), number


def _parts(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in match[1].split("."))


def _resolved(parts: tuple[str, ...], counts: dict[Place, int]) -> Place:
    """A header's path; within arrays of tables it means their last entry."""
    place: Place = ()
    for index, part in enumerate(parts):
        place = (*place, part)
        if counts.get(place) and index < len(parts) - 1:
            place = (*place, counts[place] - 1)
    return place
