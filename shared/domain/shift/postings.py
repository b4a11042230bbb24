"""What each event of a shift means in money (docs/adr/0023-shift-and-drawer.md)."""

from __future__ import annotations

from shared.domain.ledger import Account, AccountKind, Entry, LedgerError, Posting
from shared.domain.money import Money
from shared.domain.shift import events as ev
from shared.domain.shift.counting import worth
from shared.domain.shift.state import Shift

_K = AccountKind
_VAULT, _DIFFERENCE, _SUNDRY = Account(_K.VAULT), Account(_K.CASH_DIFFERENCE), Account(_K.SUNDRY)
_RECEIVABLE = Account(_K.RECEIVABLE, ev.METHOD)


def drawer_account(drawer: str) -> Account:
    """The account of a drawer: what must be in it."""
    return Account(_K.DRAWER, drawer)


def shift_entry(after: Shift, event: ev.ShiftEvent) -> Entry | None:
    """None when no money is concerned. `after` is the shift with the event. Raises LedgerError for a Z of nothing."""
    drawer = drawer_account(after.opened.drawer)
    match event:
        case ev.ShiftOpened():
            return _move(drawer, _VAULT, after.float)
        case ev.DrawerTaken(amount=amount):
            return _move(drawer, _RECEIVABLE, amount)
        case ev.DrawerGiven(amount=amount):
            return _move(_RECEIVABLE, drawer, amount)
        case ev.PaidIn(amount):
            return _move(drawer, _SUNDRY, amount)
        case ev.PaidOut(amount):
            return _move(_SUNDRY, drawer, amount)
        case ev.SafeDropped(pieces):
            return _move(_VAULT, drawer, worth(pieces, after.currency))
        case ev.ShiftClosed(expected, counted, difference):
            # What was counted goes to the vault, and the drawer is empty until the next float.
            sides = {_VAULT: counted.minor, _DIFFERENCE: -difference.minor, drawer: -expected.minor}
            return _entry(sides, counted)
        case ev.ShiftCorrected(counted=counted):
            return _move(_VAULT, _DIFFERENCE, counted - _counted_before(after))
        case _:  # openings without a sale, hand-overs, counts
            return None


def _counted_before(after: Shift) -> Money:
    if len(after.zs) < 2:
        raise LedgerError("a correction follows a closing")
    return after.zs[-2].counted


def _move(debit: Account, credit: Account, amount: Money) -> Entry | None:
    return _entry({debit: amount.minor, credit: -amount.minor}, amount)


def _entry(sides: dict[Account, int], amount: Money) -> Entry | None:
    postings = tuple(Posting(account, amount.currency, minor) for account, minor in sides.items() if minor)
    return Entry(postings) if postings else None
