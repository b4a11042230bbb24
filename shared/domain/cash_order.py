"""Where an order of the cash machine stands, as it follows from its events; and the one next step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from shared.domain import cash as ev
from shared.domain.money import Money, total
from shared.domain.sale_state import Sheet

SLIP_TRIES = 3
DISPENSE_TRIES = 3
NOT_TAKEN = "not_taken"  # the reason of a hopper that did not take the order to pay: nothing came


@dataclass(frozen=True, slots=True)
class Dispense:
    """One order to a hopper; `paid` None while nobody knows."""

    number: int
    pieces: ev.Pieces
    counter: int
    total: int
    paid: int | None = None
    certain: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stacking:
    """A note on its way to the box of a device."""

    device: str
    value: Money


@dataclass(frozen=True, slots=True)
class CashOrder:
    """A payment or a refund in cash. `escrow`: the note that a device holds now, and which device."""

    order_no: str
    opened: ev.CashOpened
    inserted: tuple[ev.Pieces, ...] = ()
    escrow: Stacking | None = None
    stacking: Stacking | None = None
    jammed: bool = False  # something got stuck while a note was held
    doubtful_notes: Money | None = None
    decision: ev.CashDecision | None = None
    dispenses: tuple[Dispense, ...] = ()
    claim: ev.CashClaimIssued | None = None
    slip: Sheet | None = None
    honoured: bool = False
    outcome: ev.CashEnd | None = None

    @property
    def collected(self) -> Money:
        """What came in for good."""
        return total((pieces.worth for pieces in self.inserted), self.opened.amount.currency)

    @property
    def rest(self) -> Money:
        """What is still to be put in."""
        rest = self.opened.amount - self.collected
        return Money(max(0, rest.minor), rest.currency)

    @property
    def paid_out(self) -> Money:
        paid = (dispense.pieces.value * (dispense.paid or 0) for dispense in self.dispenses)
        return total(paid, self.opened.amount.currency)

    @property
    def owed(self) -> Money:
        """What the machine has yet to give back, as decided; zero before that."""
        owed = self._due() - self.paid_out
        return owed - self.claim.owed if self.claim else owed

    @property
    def failed_hoppers(self) -> frozenset[str]:
        """Hoppers that paid less than they were told: they are not asked again for this order.

        One that did not take the order may be asked a few times.
        """
        short = [d for d in self.dispenses if d.paid is not None and d.paid < d.pieces.count]
        deaf = Counter(dispense.pieces.device for dispense in short if dispense.reason == NOT_TAKEN)
        failed = {dispense.pieces.device for dispense in short if dispense.reason != NOT_TAKEN}
        return frozenset(failed | {device for device, times in deaf.items() if times >= DISPENSE_TRIES})

    @property
    def takes_money(self) -> bool:
        """What comes in now is this order's."""
        return self.opened.kind == "payment" and self.outcome is None and self.claim is None

    @property
    def standing(self) -> Literal["open", "over", "claim", "honoured"]:
        """In a word, for the list of what a person must look after."""
        if self.outcome is None:
            return "open"
        if self.claim is None:
            return "over"
        return "honoured" if self.honoured else "claim"

    def _due(self) -> Money:
        if self.opened.kind == "refund":
            return self.opened.amount
        if self.decision is None:
            return Money(0, self.opened.amount.currency)
        return self.collected - self.opened.amount if self.decision == "keep" else self.collected


@dataclass(frozen=True, slots=True)
class Collect:
    """Let the visitor put in what is left."""

    rest: Money


@dataclass(frozen=True, slots=True)
class Keep:
    """Enough is in."""


@dataclass(frozen=True, slots=True)
class ReturnNote:
    """The note in escrow is not wanted any more."""

    note: Stacking


@dataclass(frozen=True, slots=True)
class SettleStack:
    """A note was sent to the box: find out where it is."""

    stacking: Stacking


@dataclass(frozen=True, slots=True)
class SettleDispense:
    """A hopper was told to pay: find out what came."""

    dispense: Dispense


@dataclass(frozen=True, slots=True)
class PayOut:
    """Give this back from the hoppers, as far as they can."""

    owed: Money


@dataclass(frozen=True, slots=True)
class ClaimDoubt:
    """Nobody knows where a note is: a person finds out."""


@dataclass(frozen=True, slots=True)
class PrintSlip:
    """Print the claim slip, again while the printer refuses; the screen shows the code in any case."""


@dataclass(frozen=True, slots=True)
class CloseOrder:
    """Everything is settled."""

    outcome: ev.CashEnd


@dataclass(frozen=True, slots=True)
class OrderOver:
    """Nothing more happens to this order."""


OrderStep = (
    Collect
    | Keep
    | ReturnNote
    | SettleStack
    | SettleDispense
    | PayOut
    | ClaimDoubt
    | PrintSlip
    | CloseOrder
    | OrderOver
)


def next_cash_step(order: CashOrder) -> OrderStep:
    """The one thing to do now, the same after a crash as before it."""
    if order.outcome is not None:
        return OrderOver()
    if order.stacking is not None:
        return SettleStack(order.stacking)
    for dispense in order.dispenses:
        if dispense.paid is None:
            return SettleDispense(dispense)
    if order.opened.kind == "payment" and order.decision is None:
        return Collect(order.rest) if order.rest.minor else Keep()
    if order.escrow is not None:
        return ReturnNote(order.escrow)
    return _ending(order)


def _ending(order: CashOrder) -> OrderStep:
    if order.owed.minor:
        return PayOut(order.owed)
    if order.doubtful_notes is not None and order.claim is None:
        return ClaimDoubt()
    if slip_is_due(order):
        return PrintSlip()
    if order.opened.kind == "refund":
        return CloseOrder("refunded")
    return CloseOrder("kept" if order.decision == "keep" else "given_back")


def slip_is_due(order: CashOrder) -> bool:
    """Whether the claim slip is to be printed: never tried, cut off by a stop, or not yet out after a few tries."""
    slip = order.slip
    if order.claim is None or slip is None:
        return order.claim is not None
    return not slip.is_out and (slip.state == "sent" or slip.refusals + slip.doubts < SLIP_TRIES)
