"""A seat map's document."""

from __future__ import annotations

from shared.domain.catalog.seats import AISLE, SEAT, WHEELCHAIR, Numbering, Row, SeatMap
from shared.domain.document import Table

_NUMBERINGS: tuple[Numbering, ...] = ("left_to_right", "right_to_left", "odd_even")


def read_seat_map(table: Table) -> SeatMap:
    """A `[[seat_maps]]` table: `rows = [{ row = "A", plan = "sss_sss" }, ...]`, the row nearest to the stage first."""
    rows = tuple(_row(row) for row in table.tables("rows", at_least_one=True))
    for index, row in enumerate(rows):
        if row.name in {earlier.name for earlier in rows[:index]}:
            table.wrong_item("rows", index, f"row {row.name!r} is there twice")
    numbering = table.choice("numbering", _NUMBERINGS, "left_to_right")
    seat_map = SeatMap(
        seat_map_id=table.text("id"),
        name=table.local_text("name"),
        rows=rows,
        numbering=next(known for known in _NUMBERINGS if known == numbering),
        best_row=table.integer("best_row", len(rows) // 3, least=0, most=max(0, len(rows) - 1)),
    )
    table.finish()
    return seat_map


def _row(table: Table) -> Row:
    row = Row(table.text("row"), table.text("plan"))
    strange = sorted(set(row.plan) - {SEAT, WHEELCHAIR, AISLE})
    if strange:
        table.wrong("plan", f"knows {SEAT}, {WHEELCHAIR} and {AISLE}, not {', '.join(map(repr, strange))}")
    table.finish()
    return row
