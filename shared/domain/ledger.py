"""Double entry in integer minor units: accounts, postings, entries that balance (docs/adr/0012-ledger-accounts.md)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from shared.domain.money import Currency


class LedgerError(ValueError):
    """An event that cannot be put into balanced postings: a bug of ours or a tampered journal."""


class AccountKind(Enum):
    """What an account stands for. The value is the first part of its name."""

    # debit side: what we have or are owed
    CLEARING = "clearing"  # per payment method: may have been taken, no answer yet
    RECEIVABLE = "receivable"  # per payment method: taken by the provider for us
    DRAWER = "drawer"  # per cash device: the cashier's drawer
    ACCEPTOR = "acceptor"  # per cash device: notes and coins taken in
    HOPPER = "hopper"  # per cash device: coins and notes for change
    VAULT = "vault"  # cash outside the machines: where a float comes from and a full box goes to
    CASH_DIFFERENCE = "cash_difference"  # cash that the books have and nobody finds; a credit: found and in no book
    PREPAID = "prepaid"  # exchange: from the sale given in exchange to the new one; booking: paid elsewhere
    # credit side: what we owe and what we earned
    UNSETTLED = "unsettled"  # per payment method: the other side of clearing
    CASH_HELD = "cash_held"  # visitors' cash in the machine, not yet kept for a sale nor given back
    TICKETS_OWED = "tickets_owed"  # paid, tickets not yet all out
    CLAIMS_OWED = "claims_owed"  # paid, to be honoured by a window
    REFUNDS_PAYABLE = "refunds_payable"  # per payment method: granted, not yet paid out
    SALES = "sales"  # per product
    ROUNDING = "rounding"  # cash rounding, either way
    SUNDRY = "sundry"  # paid into or out of a drawer for what is no sale: a debit when more was paid out


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its kind and, where there are several, which one. Text form `receivable:wechat`."""

    kind: AccountKind
    of: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.of}" if self.of else self.kind.value

    @staticmethod
    def parse(text: str) -> Account:
        """The inverse of `str`. Raises ValueError for an unknown kind."""
        kind, _, of = text.partition(":")
        return Account(AccountKind(kind), of)


@dataclass(frozen=True, slots=True)
class Posting:
    """`minor` units of a currency: a debit when positive, a credit when negative, never 0."""

    account: Account
    currency: Currency
    minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Postings that balance in every currency.

    `reverses`: takes back an entry of the same sale that is its mirror, which is how a mistake or a doubt is corrected.
    """

    postings: tuple[Posting, ...]
    reverses: bool = False

    def __post_init__(self) -> None:
        sums: dict[Currency, int] = defaultdict(int)
        for posting in self.postings:
            sums[posting.currency] += posting.minor
        if not self.postings or any(sums.values()) or any(p.minor == 0 for p in self.postings):
            raise LedgerError("an entry has postings, none of them 0, and balances")
