"""The cash devices of one machine on one bus."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.cash.acceptors import CcTalkAcceptor, CcTalkNoteAcceptor
from drivers.cash.bus import BusTiming, CashBus
from drivers.cash.hopper import CcTalkHopper
from drivers.cash.profile import CashProfile
from drivers.contracts.cash import CashDevices
from drivers.transport.connection import Connection
from drivers.transport.line import Monotonic


@dataclass(frozen=True, slots=True)
class CashMachine:
    """A bus and what is on it: the bus is what a host opens, closes and counts."""

    bus: CashBus
    devices: CashDevices


def cash_machine(
    connection: Connection,
    profile: CashProfile,
    monotonic: Monotonic,
    *,
    echo: bool = True,
    timing: BusTiming | None = None,
) -> CashMachine:
    """The devices of `profile` over one wire."""
    bus = CashBus(connection, monotonic, echo=echo, timing=timing)
    return CashMachine(
        bus,
        CashDevices(
            tuple(CcTalkNoteAcceptor(bus, each) for each in profile.notes),
            tuple(CcTalkAcceptor(bus, each) for each in profile.coins),
            tuple(CcTalkHopper(bus, each) for each in profile.hoppers),
        ),
    )
