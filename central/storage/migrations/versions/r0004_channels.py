"""Channels, their accounts and notices; bookings and who collects them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CHANNEL = ("channel", "channel_id")
_BOOKING = ("booking", "booking_id")


def upgrade() -> None:
    """Creates the tables."""
    _accounts()
    _channels()
    _bookings()


def downgrade() -> None:
    """Drops the tables."""
    for table in ("collection", "booking_look_up", "booking", "channel_notice", "channel_answer", "channel_key"):
        op.drop_table(table)
    for table in ("channel", "posting", "account"):
        op.drop_table(table)


def _accounts() -> None:
    _table(
        "account",
        ("account_id", "kind", "limit_minor#", "balance_minor#", "currency"),
        sa.CheckConstraint("kind = 'open' OR balance_minor >= -limit_minor", name="ck_account_within_limit"),
    )
    _table("posting", ("entry_id", "leg#", "account", "amount_minor#", "currency", "at@"), keys=2)
    _index("posting", "account", "at")


def _channels() -> None:
    texts = ("channel_id", "name", "scopes", "agency", "account_id", "per_second#", "burst#")
    _table("channel", (*texts, "notice_url~", "notice_secret!", "closed_at?"), _to("channel", "account", "account_id"))
    key = ("key_id", "channel_id", "digest!", "created_at@", "revoked_at?")
    _table("channel_key", key, _to("channel_key", *_CHANNEL))
    _table("channel_answer", ("channel_id", "key", "request_digest!", "answer!", "made_at@"), keys=2)
    _index("channel_answer", "made_at")
    notice = ("notice_id", "channel_id", "body!", "state", "attempts#", "next_at@", "last_error")
    _table("channel_notice", notice)
    _index("channel_notice", "state", "next_at")


def _bookings() -> None:
    names = ("booking_id", "channel_id", "reference", "code", "state", "slot", "units#", "party!", "total_minor#")
    more = ("refunded_minor#", "currency", "quote!", "hold_until@", "created_at@", "confirmed_at?", "contact!")
    _table(
        "booking",
        (*names, *more, "contact_key#"),
        _to("booking", "slot", "slot"),
        sa.UniqueConstraint("site_id", "channel_id", "reference", name="uq_booking_site_id_channel_id_reference"),
        sa.UniqueConstraint("site_id", "code", name="uq_booking_site_id_code"),
        sa.CheckConstraint("units > 0 AND total_minor >= 0", name="ck_booking_sane"),
    )
    _index("booking", "state", "hold_until")
    _index("booking", "slot", "state")
    _table("booking_look_up", ("digest!64", "booking_id"), _to("booking_look_up", *_BOOKING), keys=2)
    _table(
        "collection",
        ("booking_id", "terminal_id", "lease_id!", "ahead#", "taken_at@", "sale_id"),
        *(_to("collection", *other) for other in (_BOOKING, ("lease", "lease_id"), ("terminal", "terminal_id"))),
    )
    _index("collection", "lease_id")


def _table(name: str, columns: tuple[str, ...], *rules: sa.Constraint, keys: int = 1) -> None:
    """A table of a site; the first `keys` columns are its key. See `_column` for the signs."""
    made = [_column(text) for text in columns]
    key = sa.PrimaryKeyConstraint("site_id", *(column.name for column in made[:keys]), name=f"pk_{name}")
    op.create_table(name, sa.Column("site_id", sa.String(length=64), nullable=False), *made, *rules, key)


def _column(text: str) -> sa.Column[Any]:
    """# whole number, @ moment, ? moment or none, ! bytes, !64 so many bytes, ~ long text; else a text."""
    name = text.rstrip("#@?!~0123456789")
    kinds: dict[str, sa.types.TypeEngine[Any]] = {
        "#": sa.BigInteger(),
        "@": sa.DateTime(timezone=True),
        "?": sa.DateTime(timezone=True),
        "!": sa.LargeBinary(),
        "!64": sa.LargeBinary(length=64),
        "~": sa.String(length=1000),
    }
    sign = text[len(name) :]
    return sa.Column(name, kinds.get(sign, sa.String(length=120)), nullable=sign == "?", autoincrement=False)


def _to(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", column], [f"{other}.site_id", f"{other}.{column}"], name=f"fk_{table}_site_id_{column}"
    )


def _index(table: str, *columns: str) -> None:
    op.create_index("_".join(("ix", table, "site_id", *columns)), table, ["site_id", *columns])
