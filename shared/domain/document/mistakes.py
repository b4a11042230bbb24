"""Mistakes in a document, each with its place; they are raised together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where: `products[2].code: must be 1..65535, is 0`."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{place_text(self.place)}: {self.message}"


class DocumentError(ValueError):
    """A document with mistakes: all of them, in the order in which they were found."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(str(mistake) for mistake in self.mistakes))


def place_text(place: Place) -> str:
    """`("products", 2, "code")` as `products[2].code`; the whole document as `document`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".") or "document"


def without_echoes(later: Iterable[Mistake], earlier: Sequence[Mistake]) -> list[Mistake]:
    """The later mistakes without those at places that are wrong already: these only follow from the earlier ones."""
    places = {mistake.place for mistake in earlier}
    return [mistake for mistake in later if mistake.place not in places]
