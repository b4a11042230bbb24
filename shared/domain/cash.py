"""Events of cash: what a machine's own book of notes and coins is made of. Amounts and pieces, never a name.

An order is a payment that is collected, or a refund that is paid out; its number is the sale's order or refund number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from shared.domain.money import Money

METHOD = "cash"  # the way to pay, in the journal and the ledger

CashKind = Literal["payment", "refund"]
CashDecision = Literal["keep", "give_back"]
StackEnd = Literal["stacked", "returned", "in_doubt"]
CashEnd = Literal["kept", "given_back", "refunded"]
SlipOutcome = Literal["printed", "weakly_confirmed", "not_started", "unknown"]


def box_of(acceptor: str) -> str:
    """The place (and account) of an acceptor's box."""
    return f"acceptor:{acceptor}"


def store_of(hopper: str) -> str:
    """The place (and account) of a hopper's coins."""
    return f"hopper:{hopper}"


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many notes or coins of one value that lie in one place: `box_of` an acceptor, or `store_of` a hopper."""

    place: str
    value: Money
    count: int

    @property
    def worth(self) -> Money:
        return self.value * self.count

    @property
    def device(self) -> str:
        """The device whose place it is."""
        return self.place.partition(":")[2]


@dataclass(frozen=True, slots=True)
class CashOpened:
    """A payment of `amount` may begin, or a refund of it (`of`: the order that was paid) is granted."""

    type: ClassVar[str] = "cash.opened"
    kind: CashKind
    amount: Money
    of: str = ""


@dataclass(frozen=True, slots=True)
class CashHeard:
    """What an acceptor said: its events up to the `heard`th since it was switched on for the `boot`th time.

    `pieces` came in for good; `escrow` is the note that is held now; `lost` events were overwritten before they were
    read. `unknown` pieces came in whose worth the device cannot tell.
    """

    type: ClassVar[str] = "cash.heard"
    device: str
    boot: int
    heard: int
    pieces: tuple[Pieces, ...] = ()
    escrow: Money | None = None
    given_back: bool = False
    lost: int = 0
    unknown: int = 0
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StackSubmitted:
    """The note in escrow is about to be sent to the box: from here on it may be in."""

    type: ClassVar[str] = "cash.stack_submitted"
    device: str
    value: Money


@dataclass(frozen=True, slots=True)
class StackEnded:
    """What became of a note whose event was never heard, as the device's life count proves; or nothing proves it."""

    type: ClassVar[str] = "cash.stack_ended"
    device: str
    outcome: StackEnd


@dataclass(frozen=True, slots=True)
class CashDecided:
    """Enough is in and it is kept for the sale, or everything goes back."""

    type: ClassVar[str] = "cash.decided"
    how: CashDecision


@dataclass(frozen=True, slots=True)
class DispenseSubmitted:
    """A hopper is about to be told to pay; `counter` and `total` are what it says before."""

    type: ClassVar[str] = "cash.dispense_submitted"
    number: int
    pieces: Pieces
    counter: int
    total: int


@dataclass(frozen=True, slots=True)
class DispenseAnswered:
    """So many pieces came out, as the hopper's counts prove; not `certain`: nothing proves how many."""

    type: ClassVar[str] = "cash.dispense_answered"
    number: int
    paid: int
    certain: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CashClaimIssued:
    """What the machine cannot give back is owed to the bearer of the code.

    `doubtful_notes`: notes that may or may not have come in; a person looks into it before paying.
    """

    type: ClassVar[str] = "cash.claim_issued"
    code: str = field(repr=False)
    owed: Money
    doubtful_notes: Money
    reason: str


@dataclass(frozen=True, slots=True)
class SlipSubmitted:
    """The claim slip is about to be printed."""

    type: ClassVar[str] = "cash.slip_submitted"
    job_id: str
    process_id: str


@dataclass(frozen=True, slots=True)
class SlipAnswered:
    """What the printer said of the slip."""

    type: ClassVar[str] = "cash.slip_answered"
    job_id: str
    outcome: SlipOutcome


@dataclass(frozen=True, slots=True)
class CashClosed:
    """Nothing is owed any more but by a claim."""

    type: ClassVar[str] = "cash.closed"
    outcome: CashEnd


@dataclass(frozen=True, slots=True)
class CashClaimHonoured:
    """A window paid out so much of the claim; what turned out not to be owed is the rest."""

    type: ClassVar[str] = "cash.claim_honoured"
    paid: Money
    by: str


OrderEvent = (
    CashOpened
    | CashHeard
    | StackSubmitted
    | StackEnded
    | CashDecided
    | DispenseSubmitted
    | DispenseAnswered
    | CashClaimIssued
    | SlipSubmitted
    | SlipAnswered
    | CashClosed
    | CashClaimHonoured
)
