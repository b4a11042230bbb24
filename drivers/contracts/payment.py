"""Payment methods: one contract for wallets, cards and whatever comes; an unknown result is a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Charge:
    """What to collect. `order_no` (at most 32 of [0-9A-Za-z_*-]) is used for one attempt only.

    `code` is the payer's code: as good as money for a minute, so it is in no repr, log or journal.
    """

    order_no: str
    amount_minor: int
    currency: str
    description: str
    code: str = field(repr=False)


class DeclineReason(Enum):
    """Why the payer's money did not move, as far as the payer can do something about it."""

    CODE_EXPIRED = "code_expired"
    CODE_INVALID = "code_invalid"
    CODE_USED = "code_used"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    LIMIT = "limit"
    CANCELLED = "cancelled"
    NOT_SUPPORTED = "not_supported"
    MERCHANT = "merchant"  # our own set-up is at fault; the payer can only pay otherwise
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Paid:
    """The money moved. `reference` is the provider's number for support and settlement."""

    reference: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Declined:
    """The money did not move and will not for this order number."""

    reason: DeclineReason
    detail: str


@dataclass(frozen=True, slots=True)
class Pending:
    """The payer must confirm on the telephone: ask again."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No trustworthy answer (time-out, line cut, bad signature): ask again, then reverse."""

    cause: str


@dataclass(frozen=True, slots=True)
class Reversed:
    """The order is closed and any money went back. An order the provider never saw counts as reversed."""


@dataclass(frozen=True, slots=True)
class Refunded:
    """The refund was accepted; `reference` is the provider's refund number."""

    reference: str


PaymentAnswer = Paid | Declined | Pending | Unknown
QueryAnswer = Paid | Declined | Pending | Reversed | Unknown
ReverseAnswer = Reversed | Unknown
RefundAnswer = Refunded | Declined | Unknown


class PaymentMethod(Protocol):
    """A way to pay. All calls block (each has a deadline of its own) and run off the main thread."""

    @property
    def name(self) -> str:
        """The method's name in the journal and ledger, such as `wechat`."""
        ...

    @property
    def earliest_reverse_seconds(self) -> float:
        """How long after `submit` a reversal may be asked for (15 s for WeChat Pay)."""
        ...

    def submit(self, charge: Charge) -> PaymentAnswer: ...

    def query(self, order_no: str) -> QueryAnswer:
        """Settles an unknown: what became of the order. An order the provider does not know: Declined."""
        ...

    def reverse(self, order_no: str) -> ReverseAnswer: ...

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        """Gives `amount_minor` of a paid order back; the same `refund_no` again changes nothing."""
        ...
