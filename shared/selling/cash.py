"""Cash as a way to pay: a provider whose durable book is the terminal's own journal (docs/adr/0015-cash.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

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
)
from drivers.contracts.payment_steps import CashStep, PaymentListener, nobody
from shared.domain import cash_order as steps
from shared.domain.cash import METHOD, CashClosed, CashDecided, CashOpened
from shared.domain.cash_order import CashOrder, next_cash_step
from shared.domain.change import can_give
from shared.domain.money import Currency, Money
from shared.selling.cash_claims import Claims
from shared.selling.cash_collecting import Collecting
from shared.selling.cash_dispensing import Dispensing
from shared.selling.cash_hearing import Hearing
from shared.selling.cash_notes import Notes
from shared.selling.cash_ports import Till


@dataclass(frozen=True, slots=True)
class CashOutlook:
    """What the machine would take for an amount, before anybody begins. `exact_only`: it gives no change for it."""

    accepted: frozenset[int]
    exact_only: bool

    @property
    def possible(self) -> bool:
        return bool(self.accepted)


class CashPayment:
    """Implements `drivers.contracts.payment.PaymentMethod`. All calls but `cancel` are made on the selling thread."""

    name = METHOD
    needs = Needs.CASH
    earliest_reverse_seconds = 0.0
    refund_apart_seconds = 0.0

    def __init__(self, till: Till) -> None:
        self._till = till
        self._hearing = Hearing(till)
        self._notes = Notes(till, self._hearing)
        self._dispensing = Dispensing(till)
        self._collecting = Collecting(till, self._hearing, self._notes, self._dispensing)
        self._claims = Claims(till)
        self._left: set[str] = set()

    def start(self) -> None:
        """At the start of the program: shuts the slots, and holds every device's counts against the book's.

        What came in meanwhile goes to the order that was open; its sale asks for it by `query`.
        """
        self._collecting.shut()
        open_orders = self._till.store.open_orders()
        order = self._till.store.order(open_orders[-1]) if open_orders else None
        self._hearing.listen(order)
        self._compare()

    def outlook(self, amount_minor: int) -> CashOutlook:
        """What would be taken now, so that "no change" is known before a visitor chooses cash."""
        by_acceptor = self._collecting.acceptable(amount_minor)
        accepted = frozenset[int]().union(*by_acceptor.values())
        every = frozenset[int]().union(*(acceptor.values for acceptor in self._hearing.acceptors()))
        over = frozenset(value for value in every if value > amount_minor)
        return CashOutlook(accepted, bool(over) and not over & accepted)

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        self._compare()
        if charge.currency != self._till.currency or not self.outlook(charge.amount_minor).possible:
            return Declined(DeclineReason.NOT_SUPPORTED, "no cash can be taken for this now")
        amount = Money(charge.amount_minor, Currency(charge.currency))
        order = self._till.store.record(charge.order_no, CashOpened("payment", amount))
        order = self._collecting.collect(order, lambda: charge.order_no in self._left, tell)
        self._left.discard(charge.order_no)
        if order.owed.minor:
            tell(CashStep.TAKE_CHANGE if order.decision == "keep" else CashStep.TAKE_BACK)
        answer = _answer(self._finish(order))
        return answer if isinstance(answer, Paid) else Declined(DeclineReason.CANCELLED, "the cash went back")

    def cancel(self, order_no: str) -> None:
        self._left.add(order_no)

    def query(self, order_no: str) -> QueryAnswer:
        """Carries on what was decided. Undecided: Paid with what came in, which is not what was asked for."""
        order = self._till.store.order(order_no)
        if order is None:
            return Declined(DeclineReason.OTHER, "no such order was begun")
        order = self._catch_up(order)
        if order.decision is None and not order.rest.minor:
            order = self._till.store.record(order_no, CashDecided("keep"))
        if order.decision is not None:
            return _answer(self._finish(order))
        if order.collected.minor or order.doubtful_notes is not None:
            return Paid(order_no, order.collected.minor, order.collected.currency.code)
        return _answer(self._give_back(order))

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Gives everything back; what the hoppers cannot give becomes a claim, so the order ends in any case."""
        answer = self.query(order_no)
        if isinstance(answer, Paid):
            order = self._till.store.order(order_no)
            if order is None or order.decision == "keep":
                return answer
            self._give_back(order)
        return Reversed()

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        """Pays out of the hoppers. Declined, with nothing paid, when they have not enough: a person gives it."""
        order = self._till.store.order(refund_no)
        if order is None:
            self._compare()
            if not can_give(amount_minor, self._dispensing.change()):
                return Declined(DeclineReason.OTHER, "the hoppers have not enough")
            amount = Money(amount_minor, Currency(self._till.currency))
            order = self._till.store.record(refund_no, CashOpened("refund", amount, order_no))
        self._finish(order)
        return Refunded(refund_no)

    def _compare(self) -> None:
        """Holds the devices' life counts against the book's, while no order makes them move."""
        if self._till.store.open_orders():
            return
        for acceptor in self._hearing.acceptors():
            self._hearing.compare(acceptor, None)
        self._dispensing.meet()

    def _catch_up(self, order: CashOrder) -> CashOrder:
        """What the devices did since the book was last written."""
        if order.outcome is not None:
            return order
        self._collecting.shut()
        order = self._hearing.listen(order) or order
        note = order.stacking
        if note is not None:
            return self._notes.locate(order, note)
        if order.escrow is not None and order.decision is None:
            return self._notes.give_back(order, order.escrow)
        return order

    def _give_back(self, order: CashOrder) -> CashOrder:
        return self._finish(self._till.store.record(order.order_no, CashDecided("give_back")))

    def _finish(self, order: CashOrder) -> CashOrder:
        """Does the next step until nothing is owed any more but by a claim."""
        while order.outcome is None:
            step = next_cash_step(order)
            heard = self._late_money(order) if isinstance(step, steps.PayOut | steps.CloseOrder) else order
            order = self._perform(order, step) if heard == order else heard
        return order

    def _late_money(self, order: CashOrder) -> CashOrder:
        """A coin that was on its way when the slot was shut goes back with the rest."""
        return (self._hearing.listen(order) or order) if order.takes_money else order

    def _perform(self, order: CashOrder, step: steps.OrderStep) -> CashOrder:
        match step:
            case steps.SettleStack(note):
                return self._notes.locate(order, note)
            case steps.ReturnNote(note):
                return self._notes.give_back(order, note)
            case steps.SettleDispense(dispense):
                return self._dispensing.settle(order, dispense)
            case steps.PayOut():
                return self._dispensing.pay_out(order) or self._claims.issue(order, "no_change")
            case steps.ClaimDoubt():
                return self._claims.issue(order, "note_in_doubt")
            case steps.PrintSlip():
                return self._claims.print_slip(order)
            case steps.CloseOrder(outcome):
                return self._till.store.record(order.order_no, CashClosed(outcome))
            case steps.Collect() | steps.Keep() | steps.OrderOver():
                raise AssertionError("nothing is collected without a visitor")
            case _:
                assert_never(step)


def _answer(order: CashOrder) -> Paid | Declined:
    """What an order that is over means to its sale."""
    if order.outcome == "kept":
        return Paid(order.order_no, order.opened.amount.minor, order.opened.amount.currency.code)
    return Declined(DeclineReason.CANCELLED, "the cash went back")
