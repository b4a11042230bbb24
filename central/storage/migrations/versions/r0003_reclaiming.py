"""Holds and bookings out of a slot, leases taken back, windows, hash profiles, and who settled an exception."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COUNTS = {
    "held": "held >= 0 AND held <= outstanding",
    "booked": "booked >= 0 AND booked <= sold",
    "reclaimed": "reclaimed >= 0",
    "oversold": "oversold >= 0 AND oversold <= reclaimed",
}
_TEXTS = (
    ("terminal", "mode", 120, "kiosk"),
    ("enrolment_code", "mode", 120, "kiosk"),
    ("lease", "booking_id", 120, ""),
    ("journal_head", "profile", 120, "sha256"),
    ("exception", "settled_by", 120, ""),
    ("exception", "settled_how", 120, ""),
    ("exception", "note", 1000, ""),
)


def upgrade() -> None:
    """Adds the columns, with the rules that the database keeps, and the audit chain."""
    for name, rule in _COUNTS.items():
        # in words, for Alembic would add the rule afterwards, which SQLite cannot
        op.execute(
            f"ALTER TABLE slot ADD COLUMN {name} BIGINT DEFAULT 0 NOT NULL CONSTRAINT ck_slot_{name} CHECK ({rule})"
        )
    for table, name, length, default in _TEXTS:
        op.add_column(table, sa.Column(name, sa.String(length=length), nullable=False, server_default=default))
    op.create_index("ix_lease_site_id_state_sell_until", "lease", ["site_id", "state", "sell_until"])
    op.create_index("ix_lease_site_id_slot", "lease", ["site_id", "slot"])
    op.create_table(
        "audit",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "number", name="pk_audit"),
    )


def downgrade() -> None:
    """Takes them back."""
    op.drop_table("audit")
    op.drop_index("ix_lease_site_id_slot", "lease")
    op.drop_index("ix_lease_site_id_state_sell_until", "lease")
    for table, name, _, _ in reversed(_TEXTS):
        op.drop_column(table, name)
    for name in reversed(_COUNTS):
        op.drop_column("slot", name)
