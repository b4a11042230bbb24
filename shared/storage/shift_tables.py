"""The tables of shifts: what the journal's shift rows add up to, kept in the same transaction. They only grow."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, LargeBinary, Table, Text

from shared.storage.tables import METADATA


def _place() -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    """The journal row that caused it."""
    row = ForeignKeyConstraint(["epoch", "seq"], ["journal.epoch", "journal.seq"])
    return Column("epoch", Integer, nullable=False), Column("seq", Integer, nullable=False), row


shift = Table(
    "shift",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("drawer", Text, nullable=False, index=True),
    *_place(),
    sqlite_strict=True,
)

shift_row = Table(
    "shift_row",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("shift", Integer, ForeignKey("shift.number"), nullable=False, index=True),
    ForeignKeyConstraint(["epoch", "seq"], ["journal.epoch", "journal.seq"]),
    sqlite_strict=True,
)

# An order is taken once, a refund (or reversal) given once. `order_no`: the order that it was taken for.
shift_move = Table(
    "shift_move",
    METADATA,
    Column("kind", Text, primary_key=True),  # shift.taken, shift.given
    Column("number", Text, primary_key=True),
    Column("order_no", Text, nullable=False, index=True),
    *_place(),
    sqlite_strict=True,
)

# The first Z of a shift closes it; those after it are corrections.
shift_z = Table(
    "shift_z",
    METADATA,
    Column("z_number", Integer, primary_key=True),
    Column("shift", Integer, ForeignKey("shift.number"), nullable=False, index=True),
    Column("hash", LargeBinary, nullable=False),
    *_place(),
    sqlite_strict=True,
)
