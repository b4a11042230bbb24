"""Cash at a window as a way to pay: the cashier takes it, the shift's book remembers it, the drawer opens for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import structlog

from drivers.contracts.drawer import Drawer, DrawerOpen
from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Needs,
    Paid,
    PaymentAnswer,
    QueryAnswer,
    RefundAnswer,
    Refunded,
    ReverseAnswer,
    Reversed,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentListener, nobody
from shared.domain.money import Currency, Money
from shared.domain.shift.events import METHOD, DrawerGiven, DrawerTaken
from shared.domain.shift.state import Shift

_log = structlog.get_logger()
_WENT_BACK = Declined(DeclineReason.CANCELLED, "the money of this order went back")


class DrawerBook(Protocol):
    """The durable side of a drawer: what a call returns is on the disk. An Enum says why nothing was written."""

    def open_at(self, drawer: str) -> Shift | None: ...

    def take(self, drawer: str, taking: DrawerTaken) -> DrawerTaken | Enum: ...

    def give(self, drawer: str, giving: DrawerGiven) -> DrawerGiven | Enum: ...

    def taken(self, order_no: str) -> DrawerTaken | None: ...

    def given(self, number: str) -> DrawerGiven | None: ...


class Tendering(Protocol):
    """The cashier's side of a payment in cash."""

    def tendered(self, charge: Charge, is_cancelled: Callable[[], bool]) -> int | None:
        """Waits until the cashier has the money and says how much it was, in minor units; None: it is called off.

        Returns soon after `is_cancelled`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Window:
    """What the drawer's cash needs of the world. `name` is the drawer's, and its account's."""

    name: str
    currency: str  # ISO 4217
    book: DrawerBook
    drawer: Drawer
    tendering: Tendering


class TillCash:
    """Implements `drivers.contracts.payment.PaymentMethod`. All calls but `cancel` are made on the selling thread."""

    name = METHOD
    needs = Needs.CASH
    earliest_reverse_seconds = 0.0
    refund_apart_seconds = 0.0

    def __init__(self, window: Window) -> None:
        self._window = window
        self._called_off: set[str] = set()

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        """Paid once the money is in the book; an order that is in it already is not taken again."""
        before = self._window.book.taken(charge.order_no)
        if before is not None:
            return _paid(before) if self._window.book.given(charge.order_no) is None else _WENT_BACK
        shift = self._window.book.open_at(self._window.name)
        if shift is None or not shift.opened.currency == charge.currency == self._window.currency:
            return Declined(DeclineReason.NOT_SUPPORTED, "no shift is open for this currency at this drawer")
        tendered = self._tendered(charge)
        if tendered is None:
            return Declined(DeclineReason.CANCELLED, "called off at the window")
        if tendered < charge.amount_minor:
            return Declined(DeclineReason.INSUFFICIENT_FUNDS, "less was tendered than is to be paid")
        return self._take(charge, tendered)

    def cancel(self, order_no: str) -> None:
        self._called_off.add(order_no)

    def query(self, order_no: str) -> QueryAnswer:
        """As the book has it, also after a restart; money that went back: Reversed."""
        taken = self._window.book.taken(order_no)
        if taken is None:
            return Declined(DeclineReason.OTHER, "no cash was taken for this order")
        return Reversed() if self._window.book.given(order_no) is not None else _paid(taken)

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Gives the money back. Unknown while no shift is open: nobody could give it."""
        taken = self._window.book.taken(order_no)
        if taken is None or self._window.book.given(order_no) is not None:
            return Reversed()
        problem = self._give(DrawerGiven(order_no, order_no, taken.amount, "reverse"))
        return Reversed() if problem is None else Unknown(problem)

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        """Gives it out of this drawer, whichever it was taken into."""
        if self._window.book.given(refund_no) is not None:
            return Refunded(refund_no)
        amount = Money(amount_minor, Currency(self._window.currency))
        problem = self._give(DrawerGiven(refund_no, order_no, amount, "refund"))
        return Refunded(refund_no) if problem is None else Declined(DeclineReason.OTHER, problem)

    def _tendered(self, charge: Charge) -> int | None:
        """What the cashier has in hand; None when it was called off, before this or while she waited."""

        def is_called_off() -> bool:
            return charge.order_no in self._called_off

        tendered = None if is_called_off() else self._window.tendering.tendered(charge, is_called_off)
        self._called_off.discard(charge.order_no)
        return tendered

    def _take(self, charge: Charge, tendered: int) -> PaymentAnswer:
        currency = Currency(charge.currency)
        taking = DrawerTaken(charge.order_no, Money(charge.amount_minor, currency), Money(tendered, currency))
        taken = self._window.book.take(self._window.name, taking)
        if isinstance(taken, Enum):
            return Declined(DeclineReason.NOT_SUPPORTED, str(taken.value))
        self._open()
        return _paid(taken)

    def _give(self, giving: DrawerGiven) -> str | None:
        """None once it is in the book; else why not."""
        given = self._window.book.give(self._window.name, giving)
        if isinstance(given, Enum):
            return str(given.value)
        self._open()
        return None

    def _open(self) -> None:
        """A drawer that does not open is opened by its key: the money has changed hands in any case."""
        answer = self._window.drawer.kick()
        if not isinstance(answer, DrawerOpen):
            _log.warning("till.drawer_stays_shut", drawer=self._window.name, answer=type(answer).__name__)


def _paid(taken: DrawerTaken) -> Paid:
    return Paid(taken.order_no, taken.amount.minor, taken.amount.currency.code)
