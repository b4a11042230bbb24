"""The terminal's tables. The journal is the truth; the others are what it adds up to, kept in the same transaction."""

from __future__ import annotations

from sqlalchemy import REAL, Column, ForeignKey, ForeignKeyConstraint, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()

journal = Table(
    "journal",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("sale_id", Text, index=True),
    Column("body", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    sqlite_strict=True,
)

epoch = Table(
    "epoch",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("terminal_id", Text, nullable=False),
    Column("public_key", LargeBinary),  # NULL until the terminal first writes under a newer version
    Column("profile", Text, nullable=False),  # sha256, sm3
    Column("opened_at", Text, nullable=False),
    Column("closed_because", Text),  # NULL while open
    sqlite_strict=True,
)

sale = Table(
    "sale",
    METADATA,
    Column("sale_id", Text, primary_key=True),
    Column("outcome", Text),  # NULL while open
    sqlite_strict=True,
)

lease = Table(
    "lease",
    METADATA,
    Column("lease_id", LargeBinary, primary_key=True),
    Column("slot", Text, nullable=False, index=True),
    Column("units", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("received_monotonic", REAL, nullable=False),
    Column("received_boot", Text, nullable=False),
    Column("state", Text, nullable=False),  # open, closed, settled
    Column("epoch", Integer, nullable=False),  # it is frozen in every later one
    sqlite_strict=True,
)

lease_use = Table(
    "lease_use",
    METADATA,
    Column("lease_id", LargeBinary, ForeignKey("lease.lease_id"), primary_key=True),
    Column("k", Integer, primary_key=True),
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False, index=True),
    sqlite_strict=True,
)

# An entry belongs to the journal row that caused it. It is written after its postings and seals them.
entry = Table(
    "entry",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True),  # the sale or other document whose row it is
    Column("reverses_epoch", Integer),
    Column("reverses_seq", Integer),
    ForeignKeyConstraint(["epoch", "seq"], ["journal.epoch", "journal.seq"]),
    ForeignKeyConstraint(["reverses_epoch", "reverses_seq"], ["entry.epoch", "entry.seq"]),
    sqlite_strict=True,
)

posting = Table(
    "posting",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("account", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("minor", Integer, nullable=False),  # a debit when positive, a credit when negative
    ForeignKeyConstraint(["epoch", "seq"], ["entry.epoch", "entry.seq"], deferrable=True, initially="DEFERRED"),
    sqlite_strict=True,
)

protected_number = Table(
    "protected_number",
    METADATA,
    Column("sale_id", Text, ForeignKey("sale.sale_id"), primary_key=True),
    Column("ticket_index", Integer, primary_key=True, autoincrement=False),
    Column("purpose", Text, primary_key=True),
    Column("counts_on", Text, nullable=False),  # a date
    Column("counts", Integer, nullable=False),  # 0 once the ticket was given up
    Column("hash", LargeBinary, nullable=False, index=True),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("last4", Text, nullable=False),
    Column("key_version", Integer, nullable=False),
    Column("purge_after", Text, nullable=False, index=True),  # a date: the last day on which it may be kept
    sqlite_strict=True,
)

upload = Table(
    "upload",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("through", Integer, nullable=False),
    sqlite_strict=True,
)

remark = Table(
    "remark",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("flag", Text, nullable=False),
    sqlite_strict=True,
)

fact = Table(
    "fact",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

refund = Table(
    "refund",
    METADATA,
    Column("refund_id", Text, primary_key=True),
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("outcome", Text),  # NULL while open
    sqlite_strict=True,
)

# The journal rows of a refund: their own `sale_id` column is empty, for they are not part of the sale's history.
refund_row = Table(
    "refund_row",
    METADATA,
    Column("refund_id", Text, ForeignKey("refund.refund_id"), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    ForeignKeyConstraint(["epoch", "seq"], ["journal.epoch", "journal.seq"]),
    sqlite_strict=True,
)

payout = Table(
    "payout",
    METADATA,
    Column("refund_no", Text, primary_key=True),
    Column("refund_id", Text, ForeignKey("refund.refund_id"), nullable=False),
    Column("order_no", Text, nullable=False, index=True),
    Column("minor", Integer, nullable=False),
    sqlite_strict=True,
)

ticket = Table(
    "ticket",
    METADATA,
    Column("ticket_id", Text, primary_key=True),
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("promised_to", Text),  # the document that ended it, or the open exchange that is about to
    sqlite_strict=True,
)

booking = Table(
    "booking",
    METADATA,
    Column("booking_id", Text, primary_key=True),
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    sqlite_strict=True,
)

business_day = Table(
    "business_day",
    METADATA,
    Column("day", Text, primary_key=True),  # a date
    Column("opened_at", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("closed_at", Text),  # NULL while open
    Column("closed_by", Text, nullable=False),
    sqlite_strict=True,
)

admission = Table(
    "admission",
    METADATA,
    Column("ticket_id", Text, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("gate", Text, nullable=False),
    sqlite_strict=True,
)
