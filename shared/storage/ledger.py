"""The ledger in the terminal's database: entries as the journal's rows cause them, and what they add up to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from shared.domain.ledger import Account, Entry
from shared.domain.money import Currency, Money
from shared.domain.posting_rules import entry_for
from shared.domain.sale_codec import decode
from shared.domain.sale_history import follow
from shared.domain.sale_state import Sale
from shared.storage.tables import entry, journal, posting


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What an account holds in a currency: a debit balance when positive, a credit balance when negative."""

    account: Account
    balance: Money


def post(connection: Connection, epoch: int, seq: int, subject: str, made: Entry) -> None:
    """Writes the entry that this journal row causes, in the caller's transaction. `subject`: the sale it is of."""
    reversed_epoch, reversed_seq = _before(connection, subject) if made.reverses else (None, None)
    rows = [
        {"epoch": epoch, "seq": seq, "account": str(p.account), "currency": p.currency.code, "minor": p.minor}
        for p in made.postings
    ]
    connection.execute(posting.insert(), rows)
    connection.execute(
        entry.insert().values(
            epoch=epoch, seq=seq, subject=subject, reverses_epoch=reversed_epoch, reverses_seq=reversed_seq
        )
    )


def _before(connection: Connection, subject: str) -> tuple[int, int]:
    query = select(entry.c.epoch, entry.c.seq).where(entry.c.subject == subject)
    row = connection.execute(query.order_by(entry.c.epoch.desc(), entry.c.seq.desc()).limit(1)).one()
    return row.epoch, row.seq


def trial_balance(connection: Connection) -> Sequence[AccountBalance]:
    """Every account that is not empty, by name; in each currency the balances add up to 0."""
    total = func.sum(posting.c.minor)
    query = select(posting.c.account, posting.c.currency, total.label("minor"))
    query = query.group_by(posting.c.account, posting.c.currency).having(total != 0).order_by(posting.c.account)
    return [
        AccountBalance(Account.parse(row.account), Money(row.minor, Currency(row.currency)))
        for row in connection.execute(query)
    ]


def post_whole_journal(connection: Connection) -> None:
    """Posts every row of a journal that was written before there was a ledger."""
    sales: dict[str, Sale | None] = {}
    query = select(journal.c.epoch, journal.c.seq, journal.c.sale_id, journal.c.type, journal.c.body)
    query = query.where(journal.c.sale_id.is_not(None)).order_by(journal.c.epoch, journal.c.seq)
    for row in connection.execute(query).all():
        event, before = decode(row.type, json.loads(row.body)), sales.get(row.sale_id)
        made = entry_for(before, event)
        sales[row.sale_id] = follow(row.sale_id, before, event)
        if made is not None:
            post(connection, row.epoch, row.seq, row.sale_id, made)
