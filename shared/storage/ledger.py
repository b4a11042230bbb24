"""The ledger in the terminal's database: entries as the journal's rows cause them, and what they add up to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from shared.domain.ledger import Account, Entry, LedgerError
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
_REVERSAL = entry.alias()
_STANDING = (
    select(entry.c.epoch, entry.c.seq, posting.c.account, posting.c.currency, posting.c.minor)
    .join(posting, (posting.c.epoch == entry.c.epoch) & (posting.c.seq == entry.c.seq))
    .outerjoin(_REVERSAL, (_REVERSAL.c.reverses_epoch == entry.c.epoch) & (_REVERSAL.c.reverses_seq == entry.c.seq))
    .where(entry.c.subject == bindparam("subject"), _REVERSAL.c.seq.is_(None))
)


def post(connection: Connection, epoch: int, seq: int, subject: str, made: Entry) -> None:
    """Writes the entry that this journal row causes, in the caller's transaction. `subject`: the sale it is of."""
    undone_epoch, undone_seq = _mirrored(connection, subject, made) if made.reverses else (None, None)
    key = {"epoch": epoch, "seq": seq}
    rows = [{**key, "account": str(p.account), "currency": p.currency.code, "minor": p.minor} for p in made.postings]
    connection.execute(_POST, rows)
    undone = {"reverses_epoch": undone_epoch, "reverses_seq": undone_seq}
    connection.execute(_SEAL, {**key, "subject": subject, **undone})


def _mirrored(connection: Connection, subject: str, made: Entry) -> tuple[int, int]:
    """The last entry of the subject that stands and is this one's mirror. Raises LedgerError when there is none."""
    standing: dict[tuple[int, int], set[tuple[str, str, int]]] = defaultdict(set)
    for row in connection.execute(_STANDING, {"subject": subject}):
        standing[row.epoch, row.seq].add((row.account, row.currency, -row.minor))
    wanted = {(str(p.account), p.currency.code, p.minor) for p in made.postings}
    found = [key for key, mirrored in standing.items() if mirrored == wanted]
    if not found:
        raise LedgerError("there is nothing to reverse")
    return max(found)


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
