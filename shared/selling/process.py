"""The sale process that both modes sell through: it does the next step until the sale waits or ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import structlog

from shared.domain import sale as ev
from shared.domain import sale_steps as steps
from shared.domain.money import Money
from shared.domain.sale_state import Sale
from shared.domain.visitor import VisitorDocument
from shared.errors import StorageFailedError
from shared.selling import progress
from shared.selling.issuing import Issuing
from shared.selling.opening import Opening
from shared.selling.paying import Payer, Paying
from shared.selling.paying_back import PayingBack
from shared.selling.ports import Counter

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Performed:
    """The sale after a step; `waits` when nothing more can be done now."""

    sale: Sale
    waits: bool = False


class SaleProcess:
    """Runs sales one step at a time, each step journaled before the world is touched.

    All methods but `stop_paying` block and are called on one thread; the screen hears of progress through
    `counter.tell`.
    """

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._paying = Paying(counter)
        self._paying_back = PayingBack(counter)
        self._issuing = Issuing(counter)
        self._opening = Opening(counter)

    def open(self, sale_id: str, opened: ev.SaleOpened, visitors: Sequence[VisitorDocument] = ()) -> None:
        """Takes the places for a priced basket, if the machine could record it, print tickets and has the places.

        `visitors` are the documents of a sale in names, one for each ticket in order; their numbers are stored
        protected with the places.
        """
        try:
            begun = self._opening.begin(sale_id, opened, visitors)
            if begun is None:
                return
            sale = self._advance(begun, None)
        except StorageFailedError as error:
            # No money was asked for. What is half recorded is released at the next start.
            self._counter.tell(progress.CannotServe(sale_id, error.fault))
            return
        if sale.outcome is None:
            self._counter.tell(progress.SaleReady(sale_id))

    def pay(self, sale_id: str, payer: Payer, amount: Money | None = None) -> None:
        """Pays the rest, or `amount` of it, and goes on to the tickets when nothing is left to pay.

        Passed over when the sale does not wait for a payment. Raises HistoryError when `amount` is beyond the rest.
        """
        sale = self._counter.store.sale(sale_id)
        step = steps.next_step(sale)
        if isinstance(step, steps.AwaitPayment):
            self._advance(self._paying.begin(sale, payer, amount or step.rest), payer)

    def stop_paying(self, sale_id: str) -> None:
        """The payer gave up while the machine waits: `pay` ends early. Any thread; returns at once.

        What came of it is told as ever: declined, reversed, or paid when it was too late. The sale stays open.
        """
        self._paying.stop(sale_id)

    def cancel(self, sale_id: str) -> None:
        """Gives up a sale that waits for a payment; what was paid in part is refunded first. Else passed over."""
        sale = self._counter.store.sale(sale_id)
        if isinstance(steps.next_step(sale), steps.AwaitPayment):
            sale = self._give_up(sale, "cancelled")
            if sale.outcome == "released":
                self._counter.tell(progress.SaleReleased(sale_id))

    def resume(self) -> None:
        """Brings what a stop left open to its end: nobody is waiting to pay, so what is unpaid is released."""
        for sale_id in self._counter.store.open_sales():
            _log.info("sale_resumed", sale=sale_id)
            self.finish(sale_id)

    def finish(self, sale_id: str) -> None:
        """Brings one sale that no visitor stands before to its end, as far as the world allows."""
        sale = self._hand_over(self._counter.store.sale(sale_id))
        sale = self._advance(sale, None, attended=False)
        if isinstance(steps.next_step(sale), steps.AwaitPayment):
            self._give_up(sale, "abandoned")

    def _give_up(self, sale: Sale, reason: str) -> Sale:
        if sale.owes_nothing:
            return self._opening.release(sale)
        return self._advance(self._counter.store.record(sale.sale_id, ev.SaleGivenUp(reason)), None, attended=False)

    def _hand_over(self, sale: Sale) -> Sale:
        """A paid sale of before a restored backup goes to a person: its tickets may be out already."""
        if sale.is_paid and sale.claim is None and self._counter.store.begun_before(sale.sale_id):
            return self._issuing.claim(sale, "restored")
        return sale

    def _advance(self, sale: Sale, payer: Payer | None, *, attended: bool = True) -> Sale:
        while True:
            step = steps.next_step(sale)
            if isinstance(step, steps.Hold) and not attended:
                return self._opening.release(sale)
            performed = self._perform(sale, step, payer)
            sale = performed.sale
            if performed.waits:
                return sale

    def _perform(self, sale: Sale, step: steps.Step, payer: Payer | None) -> Performed:
        match step:
            case steps.Hold():
                return Performed(self._opening.hold(sale))
            case steps.AwaitPayment() | steps.Ended():
                return Performed(sale, waits=True)
            case steps.Submit(attempt):
                return Performed(self._paying.submit(sale, attempt, payer))
            case steps.Settle(attempt):
                return Performed(self._paying.settle(sale, attempt))
            case steps.Reverse(attempt):
                return self._undo(self._paying.reverse(sale, attempt), attempt.number)
            case steps.PayBack(attempt):
                return self._undo(self._paying_back.attempt(sale, attempt), attempt.number)
            case steps.Close(outcome):
                return Performed(self._close(sale, outcome))
            case _:
                return Performed(self._issue(sale, step))

    def _issue(
        self,
        sale: Sale,
        step: steps.Sign
        | steps.Print
        | steps.AwaitSheet
        | steps.Reissue
        | steps.PrintReceipt
        | steps.IssueClaim
        | steps.PrintClaim,
    ) -> Sale:
        match step:
            case steps.Sign(indices):
                return self._issuing.sign(sale, indices)
            case steps.Print(ticket):
                return self._issuing.print_ticket(sale, ticket)
            case steps.AwaitSheet(ticket):
                return self._issuing.await_sheet(sale, ticket)
            case steps.Reissue(ticket):
                return self._issuing.void(sale, ticket)
            case steps.PrintReceipt():
                return self._issuing.print_receipt(sale)
            case steps.IssueClaim(reason):
                return self._issuing.claim(sale, reason)
            case steps.PrintClaim():
                return self._issuing.print_claim(sale)
        assert_never(step)

    def _undo(self, sale: Sale, number: int) -> Performed:
        """After a try to undo an attempt: without a certain end the visitor gets a claim and the sale stays open."""
        state = sale.attempts[number - 1].state
        if state not in ("reverse_unknown", "refund_unknown"):
            return Performed(sale)
        # It is tried again later; the visitor need not wait for it.
        if sale.claim is None:
            reason = "payment_unknown" if state == "reverse_unknown" else state
            sale = self._issuing.claim(sale, reason)
        while steps.claim_is_due(sale):
            sale = self._issuing.print_claim(sale)
        return Performed(sale, waits=True)

    def _close(self, sale: Sale, outcome: ev.SaleOutcome) -> Sale:
        sale = self._counter.store.record(sale.sale_id, ev.SaleClosed(outcome))
        if outcome == "done":
            receipt = sale.receipt is not None and sale.receipt.is_out
            self._counter.tell(progress.SaleDone(sale.sale_id, len(sale.units), receipt))
        return sale
