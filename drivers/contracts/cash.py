"""Cash devices: acceptors of notes and coins, hoppers, the drawer; what they may answer. Amounts in minor units.

An acceptor numbers its events 1 to 255 and over again; 0 is heard only after it was switched on. Who credits money
keeps the last number durably and says it with every poll: an event heard twice, or not at all, shows by its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class CashUnreachable:
    """No answer, or none that is the device's. What was asked for may have been done."""

    cause: str


class AcceptorTrouble(Enum):
    """What an acceptor says of itself or of what was put in. The value is its name in journal and log."""

    REJECTED = "rejected"  # not recognised or counterfeit: it came back
    INHIBITED = "inhibited"  # known, and not wanted now: it came back
    PULLED_BACK = "pulled_back"
    FRAUD = "fraud"  # on a string, tampered with, light in the sensors
    JAM = "jam"  # before it counts: what is stuck is not credited
    JAM_STACKED = "jam_stacked"  # stuck in the stacker
    BOX_REMOVED = "box_removed"
    BOX_INSERTED = "box_inserted"
    BOX_FULL = "box_full"
    FAULT = "fault"
    UNKNOWN_STACKED = "unknown_stacked"  # something was taken in that the device cannot name


@dataclass(frozen=True, slots=True)
class InEscrow:
    """A note is held between the visitor and the box: `stack` or `give_back` decides."""

    value: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A piece is in the machine for good. `route` is the sorter's path of a coin, 0 for the cash box."""

    value: int
    route: int = 0


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The note in escrow went back to the visitor."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that moved no money; `code` is the device's own, for support."""

    kind: AcceptorTrouble
    code: int


@dataclass(frozen=True, slots=True)
class UnknownPiece:
    """A piece was taken in of a type that the profile does not name: money of unknown worth."""

    position: int


AcceptorEvent = InEscrow | TakenIn | GivenBack | Trouble | UnknownPiece


@dataclass(frozen=True, slots=True)
class Heard:
    """What happened since the number that was asked with, the oldest first; `counter` is the number now.

    `lost`: so many events before these are gone for good. `restarted`: the device was switched off since.
    """

    counter: int
    events: tuple[AcceptorEvent, ...] = ()
    lost: int = 0
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The device accepted the command."""


@dataclass(frozen=True, slots=True)
class EscrowEmpty:
    """There is no note in escrow (any more)."""


@dataclass(frozen=True, slots=True)
class NotMoved:
    """The device could not move the note: it is where it was, or stuck."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many pieces the device took in or paid out in its life, modulo 2**24: no power cut changes it."""

    pieces: int


PollAnswer = Heard | CashUnreachable
CommandAnswer = Done | CashUnreachable
RouteAnswer = Done | EscrowEmpty | NotMoved | CashUnreachable
TotalAnswer = Total | CashUnreachable


class Acceptor(Protocol):
    """Takes coins or notes. All calls block and are made on the bus's own thread."""

    @property
    def name(self) -> str:
        """The device's name in configuration, journal and ledger, such as `notes`."""
        ...

    @property
    def currency(self) -> str: ...

    @property
    def values(self) -> frozenset[int]:
        """Every value that the device can tell."""
        ...

    @property
    def routes(self) -> tuple[tuple[int, str], ...]:
        """Where coins of a sorter's path fall other than in the device's box: pairs of path and hopper name."""
        ...

    def accept(self, values: frozenset[int]) -> CommandAnswer:
        """Takes these values from now on and gives all others back; none: takes nothing."""
        ...

    def poll(self, since: int | None) -> PollAnswer:
        """What happened since the event of this number; None: only the number now. Asking again changes nothing."""
        ...

    def total(self) -> TotalAnswer: ...


class NoteAcceptor(Acceptor, Protocol):
    """Takes notes into an escrow, one at a time."""

    def stack(self) -> RouteAnswer:
        """Sends the note in escrow to the box; that it arrived is an event (`TakenIn`)."""
        ...

    def give_back(self) -> RouteAnswer:
        """Sends the note in escrow back; that it went is an event (`GivenBack`)."""
        ...

    def hold(self) -> RouteAnswer:
        """Keeps the note in escrow for some seconds more."""
        ...


HopperFault = Literal["jam", "empty", "fraud", "sensor", "disabled", "fault"]


@dataclass(frozen=True, slots=True)
class HopperStatus:
    """`counter` goes up by one with each order to pay that was taken (255 is followed by 1), 0 after switching on.

    `remaining`: still to come; `paid`, `unpaid`: of the last order, remembered over a power cut. `total`: pieces paid
    out in its life, modulo 2**24. `low`: its sensor sees the end of the coins; None without such a sensor.
    """

    counter: int
    remaining: int
    paid: int
    unpaid: int
    total: int
    faults: frozenset[HopperFault] = frozenset()
    low: bool | None = None


@dataclass(frozen=True, slots=True)
class DispenseBegun:
    """The order to pay was taken; `status` tells how far it is."""


@dataclass(frozen=True, slots=True)
class DispenseRefused:
    """The hopper took no order: nothing will come."""

    cause: str


HopperAnswer = HopperStatus | CashUnreachable
DispenseAnswer = DispenseBegun | DispenseRefused | CashUnreachable


class Hopper(Protocol):
    """Pays out pieces of one value. All calls block and are made on the bus's own thread."""

    @property
    def name(self) -> str: ...

    @property
    def currency(self) -> str: ...

    @property
    def value(self) -> int: ...

    def status(self) -> HopperAnswer: ...

    def dispense(self, pieces: int) -> DispenseAnswer:
        """Orders 1 to 255 pieces, and never by itself a second time: the caller compares counters first."""
        ...

    def stop(self) -> CommandAnswer:
        """Stops paying at once; `status` then tells what came."""
        ...


@dataclass(frozen=True, slots=True)
class CashDevices:
    """The cash devices of one machine, by name."""

    notes: tuple[NoteAcceptor, ...] = ()
    coins: tuple[Acceptor, ...] = ()
    hoppers: tuple[Hopper, ...] = ()
