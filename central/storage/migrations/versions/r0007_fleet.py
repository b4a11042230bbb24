"""Heart-beats, commands, commissioning reports, alarms; where the audit chain begins; sales by their time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the tables."""
    _of_a_terminal(
        "heartbeat",
        _text("terminal_id"),
        _moment("received_at"),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        key=("terminal_id",),
    )
    _create_commands()
    _create_commissioning()
    _create_alarms()
    op.create_table(
        "audit_anchor",
        _text("site_id", 64),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name="pk_audit_anchor"),
    )
    op.create_index("ix_sale_site_id_opened_at", "sale", ["site_id", "opened_at"])


def downgrade() -> None:
    """Drops them."""
    op.drop_index("ix_sale_site_id_opened_at", "sale")
    for name in ("audit_anchor", "alarm", "commissioning", "command", "heartbeat"):
        op.drop_table(name)


def _create_commands() -> None:
    _of_a_terminal(
        "command",
        *map(_text, ("command_id", "terminal_id", "kind")),
        _text("text", 1000),
        sa.Column("switched_on", sa.BigInteger(), nullable=False),
        _text("author"),
        _moment("given_at"),
        _text("state"),
        _text("remark", 1000),
        _moment("answered_at", nullable=True),
        key=("command_id",),
    )
    columns = ["site_id", "terminal_id", "state"]
    op.create_index("ix_command_site_id_terminal_id_state", "command", columns)


def _create_commissioning() -> None:
    _of_a_terminal(
        "commissioning",
        sa.Column("digest", sa.LargeBinary(length=64), nullable=False),
        *map(_text, ("terminal_id", "verdict", "made_at")),
        _moment("received_at"),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        key=("digest",),
    )
    op.create_index("ix_commissioning_site_id_received_at", "commissioning", ["site_id", "received_at"])


def _create_alarms() -> None:
    _of_a_terminal(
        "alarm",
        *map(_text, ("terminal_id", "kind", "subject")),
        _text("detail", 1000),
        sa.Column("times", sa.BigInteger(), nullable=False, server_default="1"),
        _moment("raised_at"),
        _moment("cleared_at", nullable=True),
        key=("terminal_id", "kind", "subject"),
    )
    op.create_index("ix_alarm_site_id_cleared_at", "alarm", ["site_id", "cleared_at"])


def _of_a_terminal(name: str, *columns: sa.Column[object], key: tuple[str, ...]) -> None:
    op.create_table(
        name,
        _text("site_id", 64),
        *columns,
        sa.PrimaryKeyConstraint("site_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["site_id", "terminal_id"],
            ["terminal.site_id", "terminal.terminal_id"],
            name=f"fk_{name}_site_id_terminal_id",
        ),
    )


def _text(name: str, length: int = 120) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
