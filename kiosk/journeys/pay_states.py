"""The ways to pay at a machine, and where a visitor stands who pays."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from drivers.contracts.payment import DeclineReason, Needs
from drivers.contracts.payment_steps import PaymentStep
from shared.domain.money import Money
from shared.domain.payment_code import OtherCode
from shared.domain.pricing import Quote


@dataclass(frozen=True)
class Way:
    """A way to pay: the method's name and what it needs of the payer.

    `works`: its device answers. `exact_only`: cash that gets no change now.
    """

    method: str
    needs: Needs
    works: bool = True
    exact_only: bool = False


@dataclass(frozen=True)
class Owed:
    """Cash that the machine cannot give back: the code gets it at any window. `printed`: on a slip too."""

    code: str
    amount: Money
    printed: bool


class Undone(Enum):
    """The unclear payment was taken back: no money moved, or it went back."""

    REVERSED = "reversed"


PayNotice = DeclineReason | OtherCode | Undone


@dataclass(frozen=True)
class PayNow:
    """Waiting for a payment code or the choice of a way. `sale_id` is None until the places are held.

    `attempt` is the last one over; `rest` what is left to pay when a part is paid.
    """

    number: int
    quote: Quote
    sale_id: str | None = None
    attempt: int = 0
    notice: PayNotice | None = None
    rest: Money | None = None


@dataclass(frozen=True)
class PayWaiting:
    """A payment is under way. `confirm`: on the payer's telephone; `unsure`: the machine asks what became of it.

    `code` is a text to show as a QR code; `step` what a terminal or the cash unit asks for; `inserted` cash so far in
    minor units; `stopping`: the visitor no longer wants to pay in this way.
    """

    number: int
    quote: Quote
    sale_id: str
    attempt: int  # the last one over: answers of it or before are late
    way: Way
    rest: Money | None = None
    confirm: bool = False
    unsure: bool = False
    code: str | None = field(default=None, repr=False)
    step: PaymentStep | None = None
    inserted: int = 0
    stopping: bool = False

    @property
    def due(self) -> Money:
        """What this payment is to bring."""
        return self.rest if self.rest is not None else self.quote.total

    @property
    def can_stop(self) -> bool:
        """Whether the visitor may still choose otherwise: the machine waits for the payer, not for a bank."""
        return self.way.needs is not Needs.SCANNED_CODE and not (self.unsure or self.stopping)
