"""Refunds, where each ticket is and what it is promised to, and bookings that were collected."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_STATEMENTS = (
    """CREATE TABLE refund (
        refund_id TEXT PRIMARY KEY NOT NULL, sale_id TEXT NOT NULL REFERENCES sale (sale_id),
        outcome TEXT CHECK (outcome IN ('done', 'claim', 'dropped'))) STRICT""",
    "CREATE INDEX ix_refund_open ON refund (refund_id) WHERE outcome IS NULL",
    """CREATE TABLE refund_row (
        refund_id TEXT NOT NULL REFERENCES refund (refund_id), epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        PRIMARY KEY (refund_id, epoch, seq), FOREIGN KEY (epoch, seq) REFERENCES journal (epoch, seq)) STRICT""",
    """CREATE TABLE payout (
        refund_no TEXT PRIMARY KEY NOT NULL, refund_id TEXT NOT NULL REFERENCES refund (refund_id),
        order_no TEXT NOT NULL, minor INTEGER NOT NULL CHECK (minor > 0)) STRICT""",
    "CREATE INDEX ix_payout_order_no ON payout (order_no)",
    """CREATE TABLE ticket (
        ticket_id TEXT PRIMARY KEY NOT NULL, sale_id TEXT NOT NULL REFERENCES sale (sale_id),
        promised_to TEXT) STRICT""",
    "CREATE INDEX ix_ticket_promised_to ON ticket (promised_to) WHERE promised_to IS NOT NULL",
    """CREATE TABLE booking (
        booking_id TEXT PRIMARY KEY NOT NULL, sale_id TEXT NOT NULL REFERENCES sale (sale_id)) STRICT""",
    # What was signed before there was such a table.
    """INSERT INTO ticket
       SELECT body ->> '$.ticket_id', sale_id, NULL FROM journal WHERE type = 'sale.ticket_signed'""",
    """UPDATE ticket SET promised_to = sale_id WHERE ticket_id IN
       (SELECT body ->> '$.ticket_id' FROM journal WHERE type = 'sale.ticket_voided')""",
)


def upgrade() -> None:
    """Creates the tables and fills them from the journal."""
    for statement in _STATEMENTS:
        op.execute(statement)
