"""The ledger in the terminal's database: entries as the journal's rows cause them, and what they add up to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

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


# Built once: putting a statement together takes longer than running it.
_POST = posting.insert()
_SEAL = entry.insert()
_BEFORE = (
    select(entry.c.epoch, entry.c.seq)
    .where(entry.c.subject == bindparam("subject"))
    .order_by(entry.c.epoch.desc(), entry.c.seq.desc())
    .limit(1)
)


def post(connection: Connection, epoch: int, seq: int, subject: str, made: Entry) -> None:
    """Writes the entry that this journal row causes, in the caller's transaction. `subject`: the sale it is of."""
    before = connection.execute(_BEFORE, {"subject": subject}).one() if made.reverses else None
    key = {"epoch": epoch, "seq": seq}
    rows = [{**key, "account": str(p.account), "currency": p.currency.code, "minor": p.minor} for p in made.postings]
    connection.execute(_POST, rows)
    undone = {"reverses_epoch": before and before.epoch, "reverses_seq": before and before.seq}
    connection.execute(_SEAL, {**key, "subject": subject, **undone})


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
