"""Payments, refunds and claims, and what was paid before a sale began."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = ("payment", "refund", "claim")


def upgrade() -> None:
    """Creates the tables."""
    op.add_column("sale", sa.Column("prepaid_minor", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "payment",
        *_columns("sale_id", "attempt#", "method", "amount_minor#", "state"),
        _sale("payment"),
        sa.PrimaryKeyConstraint("site_id", "sale_id", "attempt", name="pk_payment"),
    )
    op.create_table(
        "refund",
        *_columns("refund_id", "sale_id", "kind", "value_minor#", "fee_minor#", "credited_minor#", "approved_by"),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        *_columns("outcome")[1:],
        _sale("refund"),
        sa.PrimaryKeyConstraint("site_id", "refund_id", name="pk_refund"),
    )
    op.create_index("ix_refund_site_id_sale_id", "refund", ["site_id", "sale_id"])
    op.create_table(
        "claim",
        *_columns("subject", "sale_id", "code", "reason"),
        sa.Column("honoured_at", sa.DateTime(timezone=True), nullable=True),
        _sale("claim"),
        sa.PrimaryKeyConstraint("site_id", "subject", name="pk_claim"),
    )
    op.create_index("ix_claim_site_id_code", "claim", ["site_id", "code"])


def downgrade() -> None:
    """Drops the tables."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_column("sale", "prepaid_minor")


def _columns(*names: str) -> list[sa.Column[Any]]:
    """The site, then texts; a name that ends in # is a whole number."""
    site = sa.Column("site_id", sa.String(length=64), nullable=False)
    return [site, *(_column(name) for name in names)]


def _column(name: str) -> sa.Column[Any]:
    kind = sa.BigInteger() if name.endswith("#") else sa.String(length=120)
    return sa.Column(name.removesuffix("#"), kind, nullable=False, autoincrement=False)


def _sale(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", "sale_id"], ["sale.site_id", "sale.sale_id"], name=f"fk_{table}_site_id_sale_id"
    )
