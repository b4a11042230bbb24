"""What became of an attempt to pay: journaled first, then told to the screen."""

from __future__ import annotations

import structlog

from drivers.contracts.payment import Declined, Paid, QueryAnswer
from shared.domain import sale as ev
from shared.domain.sale_state import Attempt, Sale
from shared.selling import progress
from shared.selling.ports import Counter

_log = structlog.get_logger()

NEVER_SENT = "never_sent"


class PaymentRecord:
    """Writes the answers of payment methods down at a counter. Every method returns the sale as it is then."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def never_sent(self, sale: Sale, attempt: Attempt) -> Sale:
        """A restart came before the request: nothing left the machine."""
        return self._answered(sale, ev.PaymentAnswered(attempt.number, "declined", reason=NEVER_SENT))

    def paid(self, sale: Sale, attempt: Attempt, answer: Paid) -> Sale:
        number = attempt.number
        sale = self._answered(sale, ev.PaymentAnswered(number, "paid", answer.reference, receipt=answer.receipt))
        if sale.is_paid:
            self._counter.tell(progress.PaymentDone(sale.sale_id, len(sale.units)))
        else:
            self._counter.tell(progress.PaymentInPart(sale.sale_id, number, sale.rest))
        return sale

    def declined(self, sale: Sale, attempt: Attempt, answer: Declined) -> Sale:
        _log.info("payment_declined", sale=sale.sale_id, attempt=attempt.number, reason=answer.reason.value)
        sale = self._answered(sale, ev.PaymentAnswered(attempt.number, "declined", reason=answer.reason.value))
        self._counter.tell(progress.PaymentRefused(sale.sale_id, attempt.number, answer.reason))
        return sale

    def unsure(self, sale: Sale, attempt: Attempt, cause: str) -> Sale:
        _log.warning("payment_unknown", sale=sale.sale_id, attempt=attempt.number, cause=cause)
        self._counter.tell(progress.PaymentUnsure(sale.sale_id, attempt.number))
        return self._answered(sale, ev.PaymentAnswered(attempt.number, "unknown", reason=cause))

    def reversing(self, sale: Sale, attempt: Attempt) -> Sale:
        """A reversal is about to be asked for; the sale as it is when one was begun already."""
        if sale.attempts[attempt.number - 1].state == "reversing":
            return sale
        self._counter.tell(progress.PaymentUnsure(sale.sale_id, attempt.number))
        return self._counter.store.record(sale.sale_id, ev.ReverseSubmitted(attempt.number))

    def reversal_unknown(self, sale: Sale, attempt: Attempt, cause: str) -> Sale:
        _log.warning("reversal_unknown", sale=sale.sale_id, attempt=attempt.number, cause=cause)
        return self._counter.store.record(sale.sale_id, ev.ReverseAnswered(attempt.number, "unknown"))

    def reversed(self, sale: Sale, attempt: Attempt) -> Sale:
        sale = self._counter.store.record(sale.sale_id, ev.ReverseAnswered(attempt.number, "reversed"))
        self._counter.tell(progress.PaymentUndone(sale.sale_id, attempt.number))
        return sale

    def late(self, sale: Sale, attempt: Attempt, answer: QueryAnswer) -> Sale:
        """A reversal that came too late: what proves to be paid is to be refunded."""
        if isinstance(answer, Paid) and is_asked(attempt, answer):
            return self._counter.store.record(sale.sale_id, ev.PaidLate(attempt.number, answer.reference))
        return sale

    def _answered(self, sale: Sale, answered: ev.PaymentAnswered) -> Sale:
        return self._counter.store.record(sale.sale_id, answered)


def is_asked(attempt: Attempt, answer: Paid) -> bool:
    """Paid is only what was asked for, to the cent and in its currency."""
    return (answer.amount_minor, answer.currency) == (attempt.amount.minor, attempt.amount.currency.code)
