"""Events of paying within a sale: attempts, their reversal, and money given back when the sale is given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from shared.domain.money import Money

PaymentOutcome = Literal["paid", "declined", "unknown"]
RefundOutcome = Literal["refunded", "declined", "unknown"]


@dataclass(frozen=True, slots=True)
class PaymentCreated:
    """An attempt has its order number; nothing has left the machine."""

    type: ClassVar[str] = "sale.payment_created"
    attempt: int
    method: str
    order_no: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentSubmitted:
    """The request is about to leave: from here on money may have moved."""

    type: ClassVar[str] = "sale.payment_submitted"
    attempt: int


@dataclass(frozen=True, slots=True)
class PaymentAnswered:
    """What the provider said. `reference` is set when paid, `reason` when declined or unknown.

    `receipt` are lines of a card terminal for the payer's receipt.
    """

    type: ClassVar[str] = "sale.payment_answered"
    attempt: int
    outcome: PaymentOutcome
    reference: str = ""
    reason: str = ""
    receipt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReverseSubmitted:
    """An attempt without a known result is about to be reversed."""

    type: ClassVar[str] = "sale.reverse_submitted"
    attempt: int


@dataclass(frozen=True, slots=True)
class ReverseAnswered:
    """`reversed`: the attempt is over and cost nothing. `unknown`: to be asked again."""

    type: ClassVar[str] = "sale.reverse_answered"
    attempt: int
    outcome: Literal["reversed", "unknown"]


@dataclass(frozen=True, slots=True)
class PaidLate:
    """An attempt under reversal proves to be paid: it does not count towards the total and is refunded."""

    type: ClassVar[str] = "sale.paid_late"
    attempt: int
    reference: str


@dataclass(frozen=True, slots=True)
class SaleGivenUp:
    """The visitor left, or nobody came back: no further payment; what was paid in part is refunded."""

    type: ClassVar[str] = "sale.given_up"
    reason: str


@dataclass(frozen=True, slots=True)
class RefundSubmitted:
    """The whole of an attempt is about to go back to its own method; asked again under the same `refund_no`."""

    type: ClassVar[str] = "sale.refund_submitted"
    attempt: int
    refund_no: str


@dataclass(frozen=True, slots=True)
class RefundAnswered:
    """What the provider said of the refund. `unknown`: to be sent again; `declined`: a person gives the money back."""

    type: ClassVar[str] = "sale.refund_answered"
    attempt: int
    outcome: RefundOutcome
    reference: str = ""
    reason: str = ""
