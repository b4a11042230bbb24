"""The quick entry: `2a1s @930 +1 .boat` is two adults and a senior, tomorrow at half past nine, for the boat.

Words come in any order, in small or capital letters, with full-width characters taken for what they look like:

- `2a1s`  how many of which category, by its key; `a` alone is one; several such words add up;
- `@930`  the time of entry, also `@9`, `@9:30`, `@0930`; without it the first one that has places;
- `+1`    days from today, `-` is refused: nothing is sold for yesterday;
- `.boat` a product, by the beginning of its id; without it the desk's usual one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import Enum

LONGEST_LINE = 80
MOST_VISITORS = 2_000  # the largest group that a window takes; beyond it a key was stuck
MOST_DAYS = 366

_PARTY = re.compile(r"(?:\d*[a-z])+")
_COUNT = re.compile(r"(\d*)([a-z])")
_TIME = re.compile(r"@(\d{1,2})(?::?([0-5]\d))?")
_DAY = re.compile(r"\+(\d{1,3})")
_PRODUCT = re.compile(r"\.([\w-]+)")


class Slip(Enum):
    """What is wrong with a line."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_UNDERSTOOD = "not_understood"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_PRODUCT = "unknown_product"
    SEVERAL_PRODUCTS = "several_products"  # the beginning fits more than one, or two were named
    NO_SUCH_TIME = "no_such_time"
    TOO_FAR = "too_far"
    TOO_MANY = "too_many"
    TWICE = "twice"  # a time or a day was given twice
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class NotRead:
    """The word that is wrong and why; the line is kept as it is for mending."""

    slip: Slip
    word: str = ""


@dataclass(frozen=True, slots=True)
class QuickEntry:
    """What a line asks for. `party` has category ids in the order of the catalogue, each with its number."""

    party: tuple[tuple[str, int], ...]
    product_id: str | None = None
    days_ahead: int = 0
    at: time | None = None

    @property
    def visitors(self) -> int:
        return sum(number for _, number in self.party)


def category_keys(category_ids: Sequence[str]) -> Mapping[str, str]:
    """A letter for each category: the first of its id that no category before it has, else the first free one.

    Raises ValueError for more than 26 categories.
    """
    keys: dict[str, str] = {}
    for category_id in category_ids:
        letters = [letter for letter in category_id.lower() if "a" <= letter <= "z"]
        free = [letter for letter in (*letters, *"abcdefghijklmnopqrstuvwxyz") if letter not in keys]
        if not free:
            raise ValueError("there are more categories than letters")
        keys[free[0]] = category_id
    return keys


def read_line(line: str, keys: Mapping[str, str], products: Sequence[str]) -> QuickEntry | NotRead:
    """The entry of a line. `keys` are those of `category_keys`, `products` the ids that the window sells."""
    words = unicodedata.normalize("NFKC", line).lower().split()
    if not words:
        return NotRead(Slip.EMPTY)
    if len(line) > LONGEST_LINE:
        return NotRead(Slip.TOO_LONG)
    read: list[_Part] = []
    for word in words:
        part = _read_word(word, keys, products)
        if isinstance(part, NotRead):
            return part
        read.append(part)
    return _together(read, keys)


@dataclass(frozen=True, slots=True)
class _Party:
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Product:
    product_id: str


@dataclass(frozen=True, slots=True)
class _Day:
    ahead: int


_Part = _Party | _Product | _Day | time


def _read_word(word: str, keys: Mapping[str, str], products: Sequence[str]) -> _Part | NotRead:
    if _PARTY.fullmatch(word):
        return _party(word, keys)
    if found := _TIME.fullmatch(word):
        hour, minute = int(found[1]), int(found[2] or 0)
        return time(hour, minute) if hour < 24 else NotRead(Slip.NO_SUCH_TIME, word)
    if found := _DAY.fullmatch(word):
        return _Day(int(found[1])) if int(found[1]) <= MOST_DAYS else NotRead(Slip.TOO_FAR, word)
    if found := _PRODUCT.fullmatch(word):
        return _product(found[1], word, products)
    return NotRead(Slip.NOT_UNDERSTOOD, word)


def _party(word: str, keys: Mapping[str, str]) -> _Party | NotRead:
    counts = []
    for digits, letter in _COUNT.findall(word):
        if letter not in keys:
            return NotRead(Slip.UNKNOWN_CATEGORY, letter)
        if len(digits) > len(str(MOST_VISITORS)):
            return NotRead(Slip.TOO_MANY, word)
        counts.append((keys[letter], int(digits or 1)))
    return _Party(tuple(counts))


def _product(beginning: str, word: str, products: Sequence[str]) -> _Product | NotRead:
    fitting = [one for one in products if one.lower() == beginning] or [
        one for one in products if one.lower().startswith(beginning)
    ]
    if not fitting:
        return NotRead(Slip.UNKNOWN_PRODUCT, word)
    return _Product(fitting[0]) if len(fitting) == 1 else NotRead(Slip.SEVERAL_PRODUCTS, word)


def _together(parts: Sequence[_Part], keys: Mapping[str, str]) -> QuickEntry | NotRead:
    times = [part for part in parts if isinstance(part, time)]
    days = [part.ahead for part in parts if isinstance(part, _Day)]
    products = [part.product_id for part in parts if isinstance(part, _Product)]
    party = tuple(_summed(parts, keys))
    if len(times) > 1 or len(days) > 1:
        return NotRead(Slip.TWICE)
    if len(products) > 1:
        return NotRead(Slip.SEVERAL_PRODUCTS)
    entry = QuickEntry(party, next(iter(products), None), next(iter(days), 0), next(iter(times), None))
    if entry.visitors > MOST_VISITORS:
        return NotRead(Slip.TOO_MANY)
    return entry if entry.visitors else NotRead(Slip.NOBODY)


def _summed(parts: Sequence[_Part], keys: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    counts = [count for part in parts if isinstance(part, _Party) for count in part.counts]
    for category_id in keys.values():
        number = sum(one for name, one in counts if name == category_id)
        if number:
            yield category_id, number
