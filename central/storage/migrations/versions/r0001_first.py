"""The first schema: fleet, capacity, journals, sales, feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "terminal",
    "enrolment_code",
    "nonce",
    "slot",
    "lease",
    "journal_head",
    "journal_event",
    "exception",
    "sale",
    "ticket",
    "lease_unit",
    "sequencer",
    "feed_entry",
)


def upgrade() -> None:
    """Creates everything."""
    _fleet()
    _capacity()
    _journal()
    _sales()
    _feed()


def downgrade() -> None:
    """Drops everything."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _fleet() -> None:
    """Terminals, enrolment codes, nonces."""
    op.create_table(
        "terminal",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=120), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=120), nullable=False),
        sa.Column("state_reason", sa.String(length=1000), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "terminal_id", name="pk_terminal"),
        sa.UniqueConstraint("site_id", "key_id", name="uq_terminal_site_id_key_id"),
    )
    op.create_table(
        "enrolment_code",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts_left", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "label", name="pk_enrolment_code"),
    )
    op.create_table(
        "nonce",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=120), nullable=False),
        sa.Column("nonce", sa.String(length=120), nullable=False),
        sa.Column("keep_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "key_id", "nonce", name="pk_nonce"),
    )
    op.create_index("ix_nonce_site_id_keep_until", "nonce", ["site_id", "keep_until"])


def _capacity() -> None:
    """Slots and leases; I1 as a constraint."""
    op.create_table(
        "slot",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("buffer", sa.BigInteger(), nullable=False),
        sa.Column("free", sa.BigInteger(), nullable=False),
        sa.Column("outstanding", sa.BigInteger(), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("free >= 0 AND outstanding >= 0 AND sold >= 0 AND buffer >= 0", name="ck_slot_not_negative"),
        sa.CheckConstraint("sold + outstanding + free = capacity - buffer", name="ck_slot_conserved"),
        sa.PrimaryKeyConstraint("site_id", "slot", name="pk_slot"),
    )
    op.create_index("ix_slot_site_id_starts_at", "slot", ["site_id", "starts_at"])
    op.create_table(
        "lease",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("lease_id", sa.LargeBinary(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=120), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.String(length=120), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=120), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sell_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("price_version", sa.String(length=120), nullable=False),
        sa.CheckConstraint("units > 0 AND used >= 0 AND used <= units", name="ck_lease_used_within_units"),
        sa.ForeignKeyConstraint(["site_id", "slot"], ["slot.site_id", "slot.slot"], name="fk_lease_site_id_slot"),
        sa.ForeignKeyConstraint(
            ["site_id", "terminal_id"],
            ["terminal.site_id", "terminal.terminal_id"],
            name="fk_lease_site_id_terminal_id",
        ),
        sa.PrimaryKeyConstraint("site_id", "lease_id", name="pk_lease"),
    )
    op.create_index("ix_lease_site_id_terminal_id_state", "lease", ["site_id", "terminal_id", "state"])


def _journal() -> None:
    """Journals as received, and exceptions."""
    op.create_table(
        "journal_head",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=120), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "terminal_id"],
            ["terminal.site_id", "terminal.terminal_id"],
            name="fk_journal_head_site_id_terminal_id",
        ),
        sa.PrimaryKeyConstraint("site_id", "terminal_id", "epoch", name="pk_journal_head"),
    )
    op.create_table(
        "journal_event",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=120), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=120), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("schema", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "terminal_id"],
            ["terminal.site_id", "terminal.terminal_id"],
            name="fk_journal_event_site_id_terminal_id",
        ),
        sa.PrimaryKeyConstraint("site_id", "terminal_id", "epoch", "seq", name="pk_journal_event"),
    )
    op.create_table(
        "exception",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=120), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.String(length=1000), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("site_id", "terminal_id", "epoch", "seq", name="pk_exception"),
    )
    op.create_index("ix_exception_site_id_settled_at", "exception", ["site_id", "settled_at"])


def _sales() -> None:
    """Sales, tickets, and the ticket of each leased place."""
    op.create_table(
        "sale",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("sale_id", sa.String(length=120), nullable=False),
        sa.Column("terminal_id", sa.String(length=120), nullable=False),
        sa.Column("slot", sa.String(length=120), nullable=False),
        sa.Column("product_id", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=120), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=120), nullable=False),
        sa.Column("opened_at", sa.String(length=120), nullable=False),
        sa.Column("paid_attempt", sa.BigInteger(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "terminal_id"], ["terminal.site_id", "terminal.terminal_id"], name="fk_sale_site_id_terminal_id"
        ),
        sa.PrimaryKeyConstraint("site_id", "sale_id", name="pk_sale"),
    )
    op.create_table(
        "ticket",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", sa.String(length=120), nullable=False),
        sa.Column("sale_id", sa.String(length=120), nullable=False),
        sa.Column("product_id", sa.String(length=120), nullable=False),
        sa.Column("category_id", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=120), nullable=False),
        sa.Column("replaces", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "sale_id"], ["sale.site_id", "sale.sale_id"], name="fk_ticket_site_id_sale_id"
        ),
        sa.PrimaryKeyConstraint("site_id", "ticket_id", name="pk_ticket"),
    )
    op.create_index("ix_ticket_site_id_sale_id", "ticket", ["site_id", "sale_id"])
    op.create_table(
        "lease_unit",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("lease_id", sa.LargeBinary(length=64), nullable=False),
        sa.Column("k", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "lease_id"], ["lease.site_id", "lease.lease_id"], name="fk_lease_unit_site_id_lease_id"
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"], ["ticket.site_id", "ticket.ticket_id"], name="fk_lease_unit_site_id_ticket_id"
        ),
        sa.PrimaryKeyConstraint("site_id", "lease_id", "k", name="pk_lease_unit"),
    )


def _feed() -> None:
    """The change feed and its sequencer."""
    op.create_table(
        "sequencer",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "name", name="pk_sequencer"),
    )
    op.create_table(
        "feed_entry",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "kind", "subject", name="pk_feed_entry"),
    )
    op.create_index("ix_feed_entry_site_id_cursor", "feed_entry", ["site_id", "cursor"], unique=True)
