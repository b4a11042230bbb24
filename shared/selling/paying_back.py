"""Money on its way back to the method that it came by: asked under one number until the answer is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import structlog

from drivers.contracts.payment import Declined, RefundAnswer, Refunded, Unknown
from shared.domain import sale as ev
from shared.domain.money import Money
from shared.domain.sale_state import Attempt, Sale
from shared.selling.ports import Counter

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Return:
    """`amount` of the `paid` order goes back. The same `refund_no` again changes nothing at the provider."""

    refund_no: str
    method: str
    order_no: str
    amount: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class ReturnAnswer:
    """What the provider said; `reference` is set when refunded, `reason` otherwise."""

    outcome: ev.RefundOutcome
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Sent:
    """The last refund asked for of an order; `at` in monotonic seconds."""

    refund_no: str
    at: float


class PayingBack:
    """Sends returns at a counter; the caller journals before each request and after each answer."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._last: dict[str, _Sent] = {}  # by order number

    def attempt(self, sale: Sale, attempt: Attempt) -> Sale:
        """Gives a sale's attempt back whole, as far as the provider can be reached."""
        number, back = attempt.number, _whole(attempt, attempt.refund_no or self._counter.ids.order_no())
        record = self._counter.store.record

        def answered(said: ReturnAnswer) -> None:
            record(sale.sale_id, ev.RefundAnswered(number, said.outcome, said.reference, said.reason))

        self.send(back, lambda: record(sale.sale_id, ev.RefundSubmitted(number, back.refund_no)), answered)
        return self._counter.store.sale(sale.sale_id)

    def send(self, back: Return, submit: Callable[[], object], answered: Callable[[ReturnAnswer], None]) -> None:
        """Asks until the answer is known or patience ends; `submit` and `answered` journal around each request.

        Another part of the same order waits for as long as its method wants parts apart.
        """
        pace = self._counter.pace
        self._counter.pause(self._until_apart(back))
        for _ in range(pace.refund_tries):
            submit()
            said = _read(self._ask(back))
            self._last[back.order_no] = _Sent(back.refund_no, self._counter.clock.monotonic())
            answered(said)
            if said.outcome != "unknown":
                return
            _log.warning("refund_unknown", refund_no=back.refund_no, cause=said.reason)
            self._counter.pause(pace.refund_every)

    def _until_apart(self, back: Return) -> float:
        """Seconds until the provider takes this refund after another of the same order."""
        method, last = self._counter.methods.get(back.method), self._last.get(back.order_no)
        if method is None or last is None or last.refund_no == back.refund_no:
            return 0.0
        return max(0.0, last.at + method.refund_apart_seconds - self._counter.clock.monotonic())

    def _ask(self, back: Return) -> RefundAnswer:
        method = self._counter.methods.get(back.method)
        if method is None:
            return Unknown("no such method here")
        return method.refund(back.order_no, back.refund_no, back.amount.minor, back.paid.minor)


def _whole(attempt: Attempt, refund_no: str) -> Return:
    return Return(refund_no, attempt.method, attempt.order_no, attempt.amount, attempt.amount)


def _read(answer: RefundAnswer) -> ReturnAnswer:
    match answer:
        case Refunded(reference):
            return ReturnAnswer("refunded", reference)
        case Declined(reason, _):
            return ReturnAnswer("declined", reason=reason.value)
        case Unknown(cause):
            return ReturnAnswer("unknown", reason=cause)
    assert_never(answer)
