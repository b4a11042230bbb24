"""Numbered seats of a show as data: rows drawn in characters, and where each seat stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from shared.domain.text import LocalText

Numbering = Literal["left_to_right", "right_to_left", "odd_even"]

SEAT, WHEELCHAIR, AISLE = "s", "w", "_"


@dataclass(frozen=True)
class Row:
    """`plan` shows the row as seen from behind: `s` a seat, `w` a wheelchair place, `_` a gap that parts neighbours."""

    name: str = field(metadata={"key": "row"})
    plan: str


@dataclass(frozen=True, slots=True)
class Seat:
    """`number` within its row; `column` is the place in the plan, `rank` the row's distance from the stage, from 0."""

    row: str
    number: int
    rank: int
    column: int
    wheelchair: bool

    @property
    def label(self) -> str:
        """`B-12`: unique within its map."""
        return f"{self.row}-{self.number}"


@dataclass(frozen=True)
class SeatMap:
    """The seats of one room, the row nearest to the stage first.

    `numbering` within a row: 1, 2, 3 from either side, or as in Chinese theatres, odd numbers to the left of the middle
    and even ones to the right, growing outwards. `best_row` (from 0) is the row from which one sees best.
    """

    seat_map_id: str = field(metadata={"key": "id"})
    name: LocalText
    rows: tuple[Row, ...]
    numbering: Numbering = "left_to_right"
    best_row: int = 0

    @cached_property
    def seats(self) -> dict[str, Seat]:
        """All seats by label, row by row, from left to right."""
        return {seat.label: seat for rank, row in enumerate(self.rows) for seat in self._row(rank, row)}

    @cached_property
    def middle(self) -> int:
        """Twice the column of the middle of the room (doubled, so that it is a whole number)."""
        return max((len(row.plan) for row in self.rows), default=1) - 1

    def runs(self) -> Iterator[tuple[Seat, ...]]:
        """Seats side by side without a gap, run by run."""
        for rank, row in enumerate(self.rows):
            run: list[Seat] = []
            for seat in self._row(rank, row):
                if run and seat.column != run[-1].column + 1:
                    yield tuple(run)
                    run = []
                run.append(seat)
            if run:
                yield tuple(run)

    def _row(self, rank: int, row: Row) -> Iterator[Seat]:
        columns = [column for column, mark in enumerate(row.plan) if mark != AISLE]
        for column, number in zip(columns, _numbers(self.numbering, columns, len(row.plan)), strict=True):
            yield Seat(row.name, number, rank, column, row.plan[column] == WHEELCHAIR)


def _numbers(numbering: Numbering, columns: list[int], width: int) -> list[int]:
    match numbering:
        case "left_to_right":
            return list(range(1, len(columns) + 1))
        case "right_to_left":
            return list(range(len(columns), 0, -1))
        case "odd_even":
            left = sum(1 for column in columns if 2 * column < width - 1)
            odd = [2 * (left - index) - 1 for index in range(left)]
            return odd + [2 * (index + 1) for index in range(len(columns) - left)]
