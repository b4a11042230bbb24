"""The tables of cash: what the journal's cash rows add up to, kept in the same transaction."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, Table, Text

from shared.storage.tables import METADATA

cash_order = Table(
    "cash_order",
    METADATA,
    Column("order_no", Text, primary_key=True),
    Column("standing", Text, nullable=False),  # open, over, claim, honoured
    sqlite_strict=True,
)

# The journal rows of cash: their own `sale_id` column is empty. `subject` is the order, or the device without one.
cash_row = Table(
    "cash_row",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True),
    ForeignKeyConstraint(["epoch", "seq"], ["journal.epoch", "journal.seq"]),
    sqlite_strict=True,
)

# How far each device was heard: its `boot`th switching on, the events since then, and the pieces of its life.
cash_device = Table(
    "cash_device",
    METADATA,
    Column("device", Text, primary_key=True),
    Column("boot", Integer, nullable=False),
    Column("heard", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    sqlite_strict=True,
)

# What was heard up to this event of a device is credited by this journal row, and by no other.
cash_heard = Table(
    "cash_heard",
    METADATA,
    Column("device", Text, primary_key=True),
    Column("boot", Integer, primary_key=True, autoincrement=False),
    Column("heard", Integer, primary_key=True, autoincrement=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    ForeignKeyConstraint(["epoch", "seq"], ["journal.epoch", "journal.seq"]),
    sqlite_strict=True,
)

cash_stock = Table(
    "cash_stock",
    METADATA,
    Column("place", Text, primary_key=True),  # a hopper, or an acceptor's box
    Column("currency", Text, primary_key=True),
    Column("minor", Integer, primary_key=True, autoincrement=False),
    Column("pieces", Integer, nullable=False),
    sqlite_strict=True,
)
