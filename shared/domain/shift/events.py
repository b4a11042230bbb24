"""Events of a shift: everything that moves or opens a drawer, and every count. People by staff number, never by name.

Where `approved_by` is empty the person may do it alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from shared.domain.money import Money

METHOD = "till"  # the way to pay, in the journal and the ledger


@dataclass(frozen=True, slots=True)
class Denomination:
    """So many notes or coins of one value, as a person counted them."""

    value: Money
    count: int


@dataclass(frozen=True, slots=True)
class ShiftOpened:
    """A shift begins at a drawer, which holds the counted float. `number` is the terminal's, without a gap."""

    type: ClassVar[str] = "shift.opened"
    number: int
    drawer: str
    business_day: str  # ISO date; empty where days are not opened
    by: str
    currency: str  # ISO 4217; a shift has one
    float: tuple[Denomination, ...]


@dataclass(frozen=True, slots=True)
class DrawerTaken:
    """A sale's cash: `amount` stays in the drawer of what was `tendered`, the rest is change."""

    type: ClassVar[str] = "shift.taken"
    order_no: str
    amount: Money
    tendered: Money


@dataclass(frozen=True, slots=True)
class DrawerGiven:
    """Cash given back for the order `of`. `number` is the refund's, or the order's own where it is reversed."""

    type: ClassVar[str] = "shift.given"
    number: str
    of: str
    amount: Money
    why: Literal["refund", "reverse"]


@dataclass(frozen=True, slots=True)
class PaidIn:
    """Money that is no sale came in, such as change brought by a colleague."""

    type: ClassVar[str] = "shift.paid_in"
    amount: Money
    reason: str
    by: str
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class PaidOut:
    """Money that is no refund went out, such as a courier paid at the window."""

    type: ClassVar[str] = "shift.paid_out"
    amount: Money
    reason: str
    by: str
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class SafeDropped:
    """Notes were sealed in a numbered bag and put into the safe."""

    type: ClassVar[str] = "shift.safe_dropped"
    pieces: tuple[Denomination, ...]
    bag: str
    by: str


@dataclass(frozen=True, slots=True)
class DrawerOpened:
    """The drawer was opened without a sale."""

    type: ClassVar[str] = "shift.drawer_opened"
    reason: str
    by: str
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """From here on another person answers for the drawer."""

    type: ClassVar[str] = "shift.handed_over"
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A blind count: who counts is not told what is expected. Each count is kept; the last one is what counts."""

    type: ClassVar[str] = "shift.counted"
    pieces: tuple[Denomination, ...]
    by: str


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    """The Z report. `difference` is counted less expected: negative when money is short.

    `previous` is the hash (hex) of the Z before it.
    """

    type: ClassVar[str] = "shift.closed"
    expected: Money
    counted: Money
    difference: Money
    z_number: int
    previous: str
    by: str


@dataclass(frozen=True, slots=True)
class ShiftCorrected:
    """A wrong count put right after the closing, in a Z report of its own: the first one stays as it is."""

    type: ClassVar[str] = "shift.corrected"
    pieces: tuple[Denomination, ...]
    counted: Money
    difference: Money
    z_number: int
    previous: str
    reason: str
    by: str
    approved_by: str = ""


ZReport = ShiftClosed | ShiftCorrected
ShiftEvent = (
    ShiftOpened
    | DrawerTaken
    | DrawerGiven
    | PaidIn
    | PaidOut
    | SafeDropped
    | DrawerOpened
    | HandedOver
    | Counted
    | ShiftClosed
    | ShiftCorrected
)
