"""One attempt to pay, from the request to a certain end: paid, declined or reversed, and never two at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

import structlog

from drivers.contracts.payment import Charge, Declined, Paid, Pending, Reversed, Unknown
from shared.domain import sale as ev
from shared.domain.money import Money
from shared.domain.sale_state import Attempt, Sale
from shared.selling import progress
from shared.selling.ports import Counter

_log = structlog.get_logger()

NEVER_SENT = "never_sent"


@dataclass(frozen=True, slots=True)
class Payer:
    """What the visitor put before the reader; `code` is secret and lives as long as the attempt."""

    method: str
    code: str

    def __repr__(self) -> str:
        return f"Payer({self.method})"


class Paying:
    """Performs the payment steps of a sale at a counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        # When each order was sent (monotonic seconds); one not in here was sent before a restart.
        self._sent_at: dict[str, float] = {}

    def begin(self, sale: Sale, payer: Payer, amount: Money) -> Sale:
        """Gives the attempt its order number. Raises HistoryError when it would pay more than the rest."""
        created = ev.PaymentCreated(len(sale.attempts) + 1, payer.method, self._counter.ids.order_no(), amount)
        return self._counter.store.record(sale.sale_id, created)

    def submit(self, sale: Sale, attempt: Attempt, payer: Payer | None) -> Sale:
        """Sends the request. Without the payer's code (after a restart) the attempt ends: nothing was sent."""
        if payer is None:
            return self._answer(sale, attempt, "declined", reason=NEVER_SENT)
        sale = self._counter.store.record(sale.sale_id, ev.PaymentSubmitted(attempt.number))
        self._sent_at[attempt.order_no] = self._counter.clock.monotonic()
        self._counter.tell(progress.PaymentWaiting(sale.sale_id, attempt.number, confirm=False))
        charge = Charge(
            attempt.order_no, attempt.amount.minor, attempt.amount.currency.code, _description(sale), payer.code
        )
        answer = self._counter.methods[attempt.method].submit(charge)
        match answer:
            case Paid():
                return self._paid(sale, attempt, answer)
            case Declined():
                return self._declined(sale, attempt, answer)
            case Pending():
                self._counter.tell(progress.PaymentWaiting(sale.sale_id, attempt.number, confirm=True))
                return sale
            case Unknown(cause):
                return self._unsure(sale, attempt, cause)
        assert_never(answer)

    def settle(self, sale: Sale, attempt: Attempt) -> Sale:
        """Asks what became of the attempt until it is known, else begins to reverse it."""
        clock, pace = self._counter.clock, self._counter.pace
        deadline = clock.monotonic() + pace.settle_for
        while clock.monotonic() < deadline:
            self._counter.pause(pace.query_every)
            answer = self._counter.methods[attempt.method].query(attempt.order_no)
            match answer:
                case Paid() if answer.amount_minor == attempt.amount.minor:
                    return self._paid(sale, attempt, answer)
                case Paid():
                    break  # not what was asked for: the money goes back
                case Declined() if attempt.state == "submitted" and attempt.order_no in self._sent_at:
                    return self._declined(sale, attempt, answer)
                case Declined() | Reversed():
                    break  # the request may still be on its way: a reversal shuts the door on it
                case Pending() | Unknown():
                    continue
                case _:
                    assert_never(answer)
        return self._begin_reverse(sale, attempt)

    def reverse(self, sale: Sale, attempt: Attempt) -> Sale:
        """Reverses until it is certain. What cannot be reversed and proves to be paid is late: it will be refunded."""
        pace = self._counter.pace
        for _ in range(pace.reverse_tries):
            sale = self._begin_reverse(sale, attempt)
            self._counter.pause(self._until_reversible(attempt))
            answer = self._counter.methods[attempt.method].reverse(attempt.order_no)
            if isinstance(answer, Reversed):
                return self._reversed(sale, attempt)
            _log.warning("reversal_unknown", sale=sale.sale_id, attempt=attempt.number, cause=answer.cause)
            sale = self._counter.store.record(sale.sale_id, ev.ReverseAnswered(attempt.number, "unknown"))
            self._counter.pause(pace.reverse_every)
        return self._late(sale, attempt)

    def _late(self, sale: Sale, attempt: Attempt) -> Sale:
        answer = self._counter.methods[attempt.method].query(attempt.order_no)
        if isinstance(answer, Paid) and answer.amount_minor == attempt.amount.minor:
            return self._counter.store.record(sale.sale_id, ev.PaidLate(attempt.number, answer.reference))
        return sale

    def _begin_reverse(self, sale: Sale, attempt: Attempt) -> Sale:
        if sale.attempts[attempt.number - 1].state == "reversing":
            return sale
        self._counter.tell(progress.PaymentUnsure(sale.sale_id, attempt.number))
        return self._counter.store.record(sale.sale_id, ev.ReverseSubmitted(attempt.number))

    def _until_reversible(self, attempt: Attempt) -> float:
        now = self._counter.clock.monotonic()
        earliest = self._counter.methods[attempt.method].earliest_reverse_seconds
        return max(0.0, self._sent_at.get(attempt.order_no, now) + earliest - now)

    def _reversed(self, sale: Sale, attempt: Attempt) -> Sale:
        sale = self._counter.store.record(sale.sale_id, ev.ReverseAnswered(attempt.number, "reversed"))
        self._counter.tell(progress.PaymentUndone(sale.sale_id, attempt.number))
        return sale

    def _paid(self, sale: Sale, attempt: Attempt, answer: Paid) -> Sale:
        sale = self._answer(sale, attempt, "paid", reference=answer.reference)
        if sale.is_paid:
            self._counter.tell(progress.PaymentDone(sale.sale_id, len(sale.units)))
        else:
            self._counter.tell(progress.PaymentInPart(sale.sale_id, attempt.number, sale.rest))
        return sale

    def _declined(self, sale: Sale, attempt: Attempt, answer: Declined) -> Sale:
        _log.info("payment_declined", sale=sale.sale_id, attempt=attempt.number, reason=answer.reason.value)
        sale = self._answer(sale, attempt, "declined", reason=answer.reason.value)
        self._counter.tell(progress.PaymentRefused(sale.sale_id, attempt.number, answer.reason))
        return sale

    def _unsure(self, sale: Sale, attempt: Attempt, cause: str) -> Sale:
        _log.warning("payment_unknown", sale=sale.sale_id, attempt=attempt.number, cause=cause)
        self._counter.tell(progress.PaymentUnsure(sale.sale_id, attempt.number))
        return self._answer(sale, attempt, "unknown", reason=cause)

    def _answer(
        self, sale: Sale, attempt: Attempt, outcome: ev.PaymentOutcome, reference: str = "", reason: str = ""
    ) -> Sale:
        return self._counter.store.record(sale.sale_id, ev.PaymentAnswered(attempt.number, outcome, reference, reason))


def _description(sale: Sale) -> str:
    return f"{sale.opened.product_id} x{len(sale.opened.categories)}"
