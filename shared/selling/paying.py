"""One attempt to pay, from the request to a certain end: paid, declined or reversed, and never two at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from drivers.contracts.payment import (
    Charge,
    Declined,
    Needs,
    Paid,
    PaymentAnswer,
    PaymentMethod,
    Pending,
    QueryAnswer,
    Reversed,
    Unknown,
)
from drivers.contracts.payment_steps import PaymentStep
from shared.domain import sale as ev
from shared.domain.money import Money
from shared.domain.sale_state import Attempt, Sale
from shared.selling import progress
from shared.selling.payment_record import PaymentRecord, is_asked
from shared.selling.ports import Counter
from shared.selling.under_way import UnderWay

OTHER_AMOUNT = "paid, but not what was asked for"


@dataclass(frozen=True, slots=True)
class Payer:
    """How the visitor pays; `code`, where the way needs one, is secret and lives as long as the attempt."""

    method: str
    code: str = ""

    def __repr__(self) -> str:
        return f"Payer({self.method})"


class Paying:
    """Performs the payment steps of a sale at a counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._record = PaymentRecord(counter)
        self._under_way = UnderWay()

    def stop(self, sale_id: str) -> None:
        """The payer gave up: an attempt of this sale that waits for the payer ends early. Any thread."""
        self._under_way.stop(sale_id)

    def begin(self, sale: Sale, payer: Payer, amount: Money) -> Sale:
        """Gives the attempt its order number. Raises HistoryError when it would pay more than the rest."""
        created = ev.PaymentCreated(len(sale.attempts) + 1, payer.method, self._counter.ids.order_no(), amount)
        return self._counter.store.record(sale.sale_id, created)

    def submit(self, sale: Sale, attempt: Attempt, payer: Payer | None) -> Sale:
        """Sends the request. Without the payer's code (after a restart) the attempt ends: nothing was sent."""
        if payer is None:
            return self._record.never_sent(sale, attempt)
        sale = self._counter.store.record(sale.sale_id, ev.PaymentSubmitted(attempt.number))
        self._under_way.send(sale.sale_id, self._method(attempt), attempt.order_no, self._counter.clock.monotonic())
        self._counter.tell(progress.PaymentWaiting(sale.sale_id, attempt.number, confirm=False))
        return self._submitted(sale, attempt, self._ask(sale, attempt, payer))

    def _ask(self, sale: Sale, attempt: Attempt, payer: Payer) -> PaymentAnswer:
        def tell(step: PaymentStep) -> None:
            self._counter.tell(progress.PaymentStepReached(sale.sale_id, attempt.number, step))

        amount = attempt.amount
        charge = Charge(attempt.order_no, amount.minor, amount.currency.code, _description(sale), payer.code)
        return self._method(attempt).submit(charge, tell)

    def _submitted(self, sale: Sale, attempt: Attempt, answer: PaymentAnswer) -> Sale:
        match answer:
            case Paid() if is_asked(attempt, answer):
                return self._record.paid(sale, attempt, answer)
            case Paid():
                return self._record.unsure(sale, attempt, OTHER_AMOUNT)
            case Declined():
                return self._record.declined(sale, attempt, answer)
            case Pending():
                self._await_payer(sale, attempt, answer)
                return sale
            case Unknown(cause):
                return self._record.unsure(sale, attempt, cause)
        assert_never(answer)

    def _await_payer(self, sale: Sale, attempt: Attempt, answer: Pending) -> None:
        if answer.show is None:
            self._counter.tell(progress.PaymentWaiting(sale.sale_id, attempt.number, confirm=True))
            return
        text, seconds = answer.show.text, answer.show.valid_seconds
        self._under_way.show_until(attempt.order_no, self._counter.clock.monotonic() + seconds)
        self._counter.tell(progress.PaymentCodeReady(sale.sale_id, attempt.number, text, seconds))

    def settle(self, sale: Sale, attempt: Attempt) -> Sale:
        """Asks what became of the attempt until it is known, else begins to reverse it."""
        clock, pace = self._counter.clock, self._counter.pace
        deadline = self._under_way.shown_until(attempt.order_no) or clock.monotonic() + pace.settle_for
        while clock.monotonic() < deadline:
            self._counter.pause(pace.query_every)
            stopped = self._under_way.is_stopped(attempt.order_no)
            answer = self._method(attempt).query(attempt.order_no)
            if isinstance(answer, Paid) and is_asked(attempt, answer):
                return self._record.paid(sale, attempt, answer)
            if isinstance(answer, Declined) and self._is_final(attempt):
                return self._record.declined(sale, attempt, answer)
            if not self._is_worth_waiting(attempt, answer, stopped):
                break
        return self._record.reversing(sale, attempt)

    def _is_final(self, attempt: Attempt) -> bool:
        """Whether "declined" ends it: else the request may still be on its way and a reversal shuts the door on it."""
        return attempt.state == "submitted" and self._under_way.sent_at(attempt.order_no) is not None

    def _is_worth_waiting(self, attempt: Attempt, answer: QueryAnswer, stopped: bool) -> bool:
        match answer:
            case Pending():
                shown_before = self._under_way.sent_at(attempt.order_no) is None
                gone = shown_before and self._method(attempt).needs is Needs.SHOWN_CODE  # a restart shows no code
                return not (stopped or gone)
            case Unknown():
                return True
            case Paid() | Declined() | Reversed():
                return False  # another amount than asked, or over: the order is shut
        assert_never(answer)

    def reverse(self, sale: Sale, attempt: Attempt) -> Sale:
        """Reverses until it is certain. What cannot be reversed and proves to be paid is late: it will be refunded."""
        pace = self._counter.pace
        for _ in range(pace.reverse_tries):
            sale = self._record.reversing(sale, attempt)
            self._counter.pause(self._until_reversible(attempt))
            answer = self._method(attempt).reverse(attempt.order_no)
            if isinstance(answer, Reversed):
                return self._record.reversed(sale, attempt)
            cause = "paid meanwhile" if isinstance(answer, Paid) else answer.cause
            sale = self._record.reversal_unknown(sale, attempt, cause)
            if isinstance(answer, Paid):
                return self._record.late(sale, attempt, answer)
            self._counter.pause(pace.reverse_every)
        return self._record.late(sale, attempt, self._method(attempt).query(attempt.order_no))

    def _until_reversible(self, attempt: Attempt) -> float:
        now = self._counter.clock.monotonic()
        sent = self._under_way.sent_at(attempt.order_no)
        earliest = self._method(attempt).earliest_reverse_seconds
        return max(0.0, (now if sent is None else sent) + earliest - now)

    def _method(self, attempt: Attempt) -> PaymentMethod:
        return self._counter.methods[attempt.method]


def _description(sale: Sale) -> str:
    return f"{sale.opened.product_id} x{len(sale.opened.categories)}"
