"""Scans that let somebody in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "admission",
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", sa.String(length=120), nullable=False),
        sa.Column("gate", sa.String(length=120), nullable=False),
        sa.Column("at", sa.String(length=120), nullable=False),
        sa.Column("lease_id", sa.LargeBinary(), nullable=False),
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "ticket_id", "gate", "at", name="pk_admission"),
    )
    op.create_index("ix_admission_site_id_received_at", "admission", ["site_id", "received_at"])


def downgrade() -> None:
    """Drops it."""
    op.drop_table("admission")
