"""Which booking a sale issues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column."""
    op.add_column("sale", sa.Column("booking_id", sa.String(length=120), nullable=False, server_default=""))
    op.create_index("ix_sale_site_id_booking_id", "sale", ["site_id", "booking_id"])


def downgrade() -> None:
    """Takes it back."""
    op.drop_index("ix_sale_site_id_booking_id", "sale")
    op.drop_column("sale", "booking_id")
