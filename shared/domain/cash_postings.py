"""What each event of cash means in money (docs/adr/0015-cash.md)."""

from __future__ import annotations

from collections import defaultdict

from shared.domain import cash as ev
from shared.domain import cash_upkeep as up
from shared.domain.cash_codec import CashEvent
from shared.domain.cash_order import CashOrder
from shared.domain.ledger import Account, AccountKind, Entry, LedgerError, Posting
from shared.domain.money import Currency

_K = AccountKind
_RECEIVABLE = Account(_K.RECEIVABLE, ev.METHOD)
_HELD, _CLAIMS, _DIFFERENCE, _VAULT = (
    Account(kind) for kind in (_K.CASH_HELD, _K.CLAIMS_OWED, _K.CASH_DIFFERENCE, _K.VAULT)
)  # fmt: skip
_Sides = dict[tuple[Account, Currency], int]


def cash_entry(order: CashOrder | None, event: CashEvent) -> Entry | None:
    """None when no money is concerned. `order` is the order before the event, None for one without an order.

    Raises LedgerError when the event cannot be posted.
    """
    sides: _Sides = defaultdict(int)
    _post(sides, order, event)
    postings = tuple(Posting(account, currency, minor) for (account, currency), minor in sides.items() if minor)
    return Entry(postings) if postings else None


def _post(sides: _Sides, order: CashOrder | None, event: CashEvent) -> None:
    match event:
        case ev.CashOpened("refund", amount):
            _move(sides, _RECEIVABLE, _HELD, (amount.currency, amount.minor))
        case ev.CashHeard(pieces=pieces):
            source = _DIFFERENCE if order is None else _HELD
            _take_in(sides, pieces, source)
        case ev.StackEnded(device, "stacked"):
            _take_in(sides, (_stacked(order, device),), _HELD)
        case ev.DispenseAnswered(paid=paid):
            dispensed = _begun(order).dispenses[-1].pieces
            _take_in(sides, (ev.Pieces(dispensed.place, dispensed.value, -paid),), _HELD)
        case ev.CashClaimIssued(_, owed, doubtful):
            _move(sides, _HELD, _CLAIMS, (owed.currency, owed.minor))
            _move(sides, _DIFFERENCE, _CLAIMS, (doubtful.currency, doubtful.minor))
        case ev.CashClosed("kept"):
            amount = _begun(order).opened.amount
            _move(sides, _HELD, _RECEIVABLE, (amount.currency, amount.minor))
        case ev.CashClaimHonoured(paid):
            _honour(sides, _begun(order), paid.minor)
        case _:
            _post_upkeep(sides, event)


def _post_upkeep(sides: _Sides, event: CashEvent) -> None:
    match event:
        case up.CashDiscrepancy(missing=missing):
            _take_in(sides, _negative(missing), _DIFFERENCE)
        case up.CashFilled(pieces):
            _take_in(sides, pieces, _VAULT)
        case up.CashEmptied():
            _emptied(sides, event)
        case _:  # decisions, requests, prints: no money
            pass


def _move(sides: _Sides, debit: Account, credit: Account, amount: tuple[Currency, int]) -> None:
    currency, minor = amount
    sides[debit, currency] += minor
    sides[credit, currency] -= minor


def _take_in(sides: _Sides, pieces: tuple[ev.Pieces, ...], source: Account) -> None:
    """Pieces go into their places, out of `source`; a negative count goes the other way."""
    for each in pieces:
        _move(sides, Account.parse(each.place), source, (each.value.currency, each.worth.minor))


def _negative(pieces: tuple[ev.Pieces, ...]) -> tuple[ev.Pieces, ...]:
    return tuple(ev.Pieces(each.place, each.value, -each.count) for each in pieces)


def _emptied(sides: _Sides, event: up.CashEmptied) -> None:
    """What the book had goes out; what was counted is in the vault, and the difference is a difference."""
    _take_in(sides, _negative(event.expected), _DIFFERENCE)
    for code, minor in up.worth_of(event.counted).items():
        _move(sides, _VAULT, _DIFFERENCE, (Currency(code), minor))


def _honour(sides: _Sides, order: CashOrder, paid: int) -> None:
    claim = order.claim
    if claim is None:
        raise LedgerError("there is no claim")
    currency, whole = claim.owed.currency, claim.owed.minor + claim.doubtful_notes.minor
    _move(sides, _CLAIMS, Account(_K.DRAWER), (currency, paid))
    _move(sides, _CLAIMS, _DIFFERENCE, (currency, whole - paid))


def _stacked(order: CashOrder | None, device: str) -> ev.Pieces:
    begun = _begun(order)
    note = begun.stacking or begun.escrow
    if note is None:
        raise LedgerError("there is no note on its way")
    return ev.Pieces(ev.box_of(device), note.value, 1)


def _begun(order: CashOrder | None) -> CashOrder:
    if order is None:
        raise LedgerError("the order has not begun")
    return order
