"""The accounts of channels, in double entry: every entry's legs sum to nothing, and none is ever changed.

Accounts: `channel:<id>` (what it has with us), `bookings_owed` (visits that were paid and not made), `fees`, `bank`,
`sales:<product>`. A debit is positive.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from central.audit.chain import record
from central.refusal import RefusalError
from central.storage.tables import AccountRow, PostingRow
from central.storage.tables.channels import OPEN
from shared.domain.canonical import instant_text
from shared.wire.channel import Statement, StatementLine
from shared.wire.problem import Problem

OWED, FEES, BANK = "bookings_owed", "fees", "bank"
_MOST_LINES = 500


def post(session: Session, site_id: str, entry_id: str, legs: Mapping[str, int], currency: str, now: datetime) -> None:
    """Adds an entry: amounts by account, in minor units, summing to nothing. Legs of 0 are left out.

    Raises ValueError when they do not sum to nothing, IntegrityError when the entry is there.
    """
    if sum(legs.values()):
        raise ValueError(f"entry {entry_id} does not balance")
    for leg, (account, amount) in enumerate((account, amount) for account, amount in legs.items() if amount):
        session.add(
            PostingRow(
                site_id=site_id,
                entry_id=entry_id,
                leg=leg,
                account=account,
                amount_minor=amount,
                currency=currency,
                at=now,
            )
        )


def charge(session: Session, site_id: str, account_id: str, entry_id: str, amount: int, now: datetime) -> None:
    """The channel owes so much for visits. Raises RefusalError when deposit or credit line does not cover it."""
    currency = _move(session, site_id, account_id, -amount)
    post(session, site_id, entry_id, {account_id: amount, OWED: -amount}, currency, now)


def credit(
    session: Session, site_id: str, account_id: str, entry_id: str, amount: int, fee: int, now: datetime
) -> None:
    """The channel gets `amount` back of what it paid; `fee` of its worth stays with the site."""
    currency = _move(session, site_id, account_id, amount)
    post(session, site_id, entry_id, {OWED: amount + fee, account_id: -amount, FEES: -fee}, currency, now)


def pay_in(
    session: Session, site_id: str, account_id: str, amount: int, reference: str, author: str, now: datetime
) -> None:
    """Money of the agency reached the site's bank."""
    currency = _move(session, site_id, account_id, amount)
    post(session, site_id, f"pay-in:{reference}", {BANK: amount, account_id: -amount}, currency, now)
    record(session, site_id, now, author, "account_paid_in", account_id, amount=amount, reference=reference)


def statement(session: Session, site_id: str, account_id: str, begin: datetime, end: datetime) -> Statement:
    """The account's entries from `begin` to before `end` (UTC), the oldest first, at most 500."""
    row = session.get_one(AccountRow, (site_id, account_id))
    query = (
        select(PostingRow)
        .where(PostingRow.site_id == site_id, PostingRow.account == account_id)
        .where(PostingRow.at >= begin, PostingRow.at < end)
        .order_by(PostingRow.at, PostingRow.entry_id)
    )
    legs = session.scalars(query.limit(_MOST_LINES + 1)).all()
    return Statement.model_validate(
        {
            "kind": row.kind,
            "limit_minor": row.limit_minor,
            "balance_minor": row.balance_minor,
            "currency": row.currency,
            "lines": [_line(leg) for leg in legs[:_MOST_LINES]],
            "more": len(legs) > _MOST_LINES,
        }
    )


def _line(leg: PostingRow) -> StatementLine:
    return StatementLine(at=instant_text(leg.at), entry=leg.entry_id, amount_minor=-leg.amount_minor)


def _move(session: Session, site_id: str, account_id: str, amount: int) -> str:
    """Changes the balance within its limit; returns the account's currency."""
    enough = (AccountRow.kind == OPEN) | (AccountRow.balance_minor + amount >= -AccountRow.limit_minor)
    moved = (
        update(AccountRow)
        .where(AccountRow.site_id == site_id, AccountRow.account_id == account_id)
        .where(enough if amount < 0 else AccountRow.account_id == account_id)
        .values(balance_minor=AccountRow.balance_minor + amount)
        .returning(AccountRow.currency)
        .execution_options(synchronize_session=False)
    )
    currency = session.execute(moved).scalar_one_or_none()
    if currency is None:
        raise RefusalError(Problem.NO_MONEY)
    return currency
