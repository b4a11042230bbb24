"""Payment methods: one contract for wallets, cards, cash and whatever comes; an unknown result is a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from drivers.contracts.payment_steps import PaymentListener, nobody


class Needs(Enum):
    """What a way to pay needs of the payer."""

    SCANNED_CODE = "scanned_code"  # the payer's code before our scanner: in `Charge.code`
    SHOWN_CODE = "shown_code"  # our code on the screen before the payer's telephone: in `Pending.show`
    AT_THE_TERMINAL = "at_the_terminal"  # a card at the card terminal: `submit` waits for the payer
    CASH = "cash"  # notes and coins: `submit` waits for the payer


@dataclass(frozen=True, slots=True)
class Charge:
    """What to collect. `order_no` (at most 32 of [0-9A-Za-z_*-]) is used for one attempt only.

    `code` is the payer's code, empty for a way that needs none: as good as money for a minute, so it is in no repr,
    log or journal.
    """

    order_no: str
    amount_minor: int
    currency: str
    description: str
    code: str = field(default="", repr=False)


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
    """The money moved. `reference` is the provider's number for support and settlement.

    `receipt` are the lines that a card terminal wants on the payer's receipt, with no whole card number in them.
    """

    reference: str
    amount_minor: int
    currency: str
    receipt: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Declined:
    """The money did not move and will not for this order number."""

    reason: DeclineReason
    detail: str


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A text to show as a QR code, for `valid_seconds` from the answer on. Whoever scans it pays this order."""

    text: str = field(repr=False)
    valid_seconds: float


@dataclass(frozen=True, slots=True)
class Pending:
    """The payer must confirm on the telephone, or scan the code in `show`: ask again."""

    show: ShownCode | None = None


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
ReverseAnswer = Reversed | Paid | Unknown
RefundAnswer = Refunded | Declined | Unknown


class PaymentMethod(Protocol):
    """A way to pay. All calls but `cancel` block, each with a deadline of its own, and run off the main thread."""

    @property
    def name(self) -> str:
        """The method's name in the journal and ledger, such as `wechat`."""
        ...

    @property
    def needs(self) -> Needs:
        """What the payer is asked to do."""
        ...

    @property
    def earliest_reverse_seconds(self) -> float:
        """How long after `submit` a reversal may be asked for (15 s for WeChat Pay)."""
        ...

    @property
    def refund_apart_seconds(self) -> float:
        """How long apart two refunds of one order must be (60 s for WeChat Pay); 0 when they need not be."""
        ...

    def submit(self, charge: Charge, tell: PaymentListener = nobody) -> PaymentAnswer:
        """Asks for the money. At a terminal and with cash it waits until the payer has acted; `tell` hears each step.

        `tell` is called on the thread of this call and must return at once.
        """
        ...

    def cancel(self, order_no: str) -> None:
        """Asks a waiting `submit` to end, from any thread; returns at once.

        The answer is `submit`'s: Declined(CANCELLED), or Paid when it was too late. A cancel that comes before its
        submit counts too. It does nothing to an order that is not waiting at the device: that one is reversed.
        """
        ...

    def query(self, order_no: str) -> QueryAnswer:
        """Settles an unknown: what became of the order. An order the provider does not know: Declined."""
        ...

    def reverse(self, order_no: str) -> ReverseAnswer:
        """Closes the order, and any money goes back. Paid: it is too late for that, a refund is the way back."""
        ...

    def refund(self, order_no: str, refund_no: str, amount_minor: int, total_minor: int) -> RefundAnswer:
        """Gives `amount_minor` of a paid order back; the same `refund_no` again changes nothing."""
        ...
