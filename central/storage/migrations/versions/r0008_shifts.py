"""Cashiers' shifts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXTS = ("drawer", "business_day", "currency", "opened_by", "opened_at")


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "shift",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=120), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(length=120), nullable=False) for name in _TEXTS),
        sa.Column("float_minor", sa.BigInteger(), nullable=False),
        sa.Column("expected_minor", sa.BigInteger(), nullable=True),
        sa.Column("counted_minor", sa.BigInteger(), nullable=True),
        sa.Column("z_number", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "terminal_id"],
            ["terminal.site_id", "terminal.terminal_id"],
            name="fk_shift_site_id_terminal_id",
        ),
        sa.PrimaryKeyConstraint("site_id", "terminal_id", "epoch", "number", name="pk_shift"),
    )
    op.create_index("ix_shift_site_id_business_day", "shift", ["site_id", "business_day"])


def downgrade() -> None:
    """Drops it."""
    op.drop_table("shift")
