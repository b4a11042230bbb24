"""One cent back and forth: the only proof that money comes, and goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from drivers.contracts.payment import (
    Charge,
    Declined,
    Paid,
    PaymentMethod,
    Pending,
    QueryAnswer,
    Refunded,
    Reversed,
    Unknown,
)
from shanmen.doctor.finding import Finding
from shared.domain.clock import Clock

_POLL_SECONDS = 3.0
_PAYER_SECONDS = 60.0
_TRIES = 5
_CENT = 1
_CURRENCY = "CNY"


@dataclass(frozen=True)
class CentTrial:
    """Takes a cent with a payer's code and gives it back, by refund or by reversal, until one of them is confirmed."""

    method: PaymentMethod
    order: str
    clock: Clock
    sleep: Callable[[float], None]

    def run(self, code: str) -> Finding:
        """`code` is the payer's: it is sent to the provider and kept nowhere."""
        begun = self.clock.monotonic()
        answer: QueryAnswer = self.method.submit(Charge(self.order, _CENT, _CURRENCY, "Shanmen test", code))
        while isinstance(answer, Pending | Unknown) and self.clock.monotonic() - begun < _PAYER_SECONDS:
            self.sleep(_POLL_SECONDS)
            answer = self.method.query(self.order)
        match answer:
            case Paid():
                return self._give_back(begun)
            case Declined(reason):
                return self._not_taken(reason.value)
            case Reversed():
                return self._not_taken("reversed")
            case Pending() | Unknown():
                return self._call_off(begun)
            case _:
                assert_never(answer)

    def _give_back(self, begun: float) -> Finding:
        """A refund; where that is not confirmed, a reversal."""
        answer = self.method.refund(self.order, f"{self.order}R", _CENT, _CENT)
        if isinstance(answer, Refunded):
            return Finding("CENT_BOTH_WAYS", self.method.name)
        return self._reversed(begun, Finding("CENT_BOTH_WAYS", self.method.name))

    def _call_off(self, begun: float) -> Finding:
        """The payer did not come to an end: the order is closed, and what was paid meanwhile goes back."""
        return self._reversed(begun, self._not_taken("no_answer"))

    def _reversed(self, begun: float, done: Finding) -> Finding:
        self.sleep(max(0.0, self.method.earliest_reverse_seconds - (self.clock.monotonic() - begun)))
        for _ in range(_TRIES):
            match self.method.reverse(self.order):
                case Reversed():
                    return done
                case Paid():
                    return self._refunded_late()
                case Unknown():
                    self.sleep(_POLL_SECONDS)
        return self._not_returned("no_answer")

    def _refunded_late(self) -> Finding:
        answer = self.method.refund(self.order, f"{self.order}R", _CENT, _CENT)
        if isinstance(answer, Refunded):
            return Finding("CENT_BOTH_WAYS", self.method.name)
        return self._not_returned("refund_not_confirmed")

    def _not_taken(self, reason: str) -> Finding:
        return Finding("CENT_NOT_TAKEN", self.method.name, {"reason": reason})

    def _not_returned(self, cause: str) -> Finding:
        return Finding("CENT_NOT_RETURNED", self.method.name, {"order": self.order, "cause": cause})
