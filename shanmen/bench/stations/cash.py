"""Notes, coins and hoppers on the bench."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.cctalk_bus import CashMachineEmulator, garble, lose
from drivers.emulators.cctalk_notes import Insertion
from shanmen.bench.action import Action, Choice, NonsenseError, OneOf, Press
from shanmen.bench.reading import Fact, Lamp, Reading
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import press, unplug_switch

_MINOR = 100
_FALSE_NOTE = "false"


def open_cash(stack: ExitStack, _folder: Path) -> Station:
    """Starts a note acceptor, a coin acceptor and two hoppers on one bus."""
    return cash_station(stack.enter_context(CashMachineEmulator()))


def cash_station(machine: CashMachineEmulator) -> Station:
    """The place of a cash machine that runs already."""
    settings = {"devices": {"cash": {"driver": "cctalk", "address": machine.address, "options": {"profile": "cny"}}}}
    return Station("cash", "Notes and coins", _actions(machine), settings, lambda: _readings(machine))


def _actions(machine: CashMachineEmulator) -> tuple[Action, ...]:
    inside = machine.inside

    def note(word: str) -> str:
        became = machine.insert_note(0 if word == _FALSE_NOTE else int(word) * _MINOR)
        if became is Insertion.CAME_BACK:
            raise NonsenseError("The note came back: the acceptor does not want it now, or does not know it.")
        return "The note is in escrow." if became is Insertion.IN_ESCROW else "The note is stuck."

    def coin(word: str) -> str:
        if not machine.insert_coin(round(float(word) * _MINOR)):
            raise NonsenseError("The coin fell through: the acceptor does not want it now.")
        return "The coin is in."

    return (
        Press("note", "Put in a note (yuan)", note, _money((*inside.notes.values, 0))),
        Press("coin", "Put in a coin (yuan)", coin, _money(inside.coins.values)),
        press("jam", "Jam a note", inside.notes.jam, "A note is stuck in the transport."),
        press("fish", "A note on a string", inside.notes.insert_on_string, "Somebody tries to fish a note out again."),
        press("take-box", "Take the note box out", inside.notes.remove_box, "The note box is out."),
        press("put-box", "Put the note box back", inside.notes.insert_box, "The note box is in."),
        press("power-cut", "Power cut of a moment", machine.power_cycle, "The devices were without power."),
        press("lose-answer", "Lose the next answer", lambda: machine.mangle(lose), "The next answer will be lost."),
        press("garble", "Garble the next answer", lambda: machine.mangle(garble), "The next answer will be garbled."),
        unplug_switch(machine),
    )


def _money(values: Iterable[int]) -> OneOf:
    amounts = (f"{value / _MINOR:g}" if value else _FALSE_NOTE for value in sorted(set(values), reverse=True))
    return OneOf("value", tuple(Choice(amount, amount) for amount in amounts))


def _readings(machine: CashMachineEmulator) -> tuple[Reading, ...]:
    inside = machine.inside
    hoppers = (Fact(name, str(hopper.coins)) for name, hopper in inside.hoppers.items())
    return (
        Fact("note box", _counted(inside.notes.box)),
        Fact("coin box", _counted(inside.coins.box)),
        *hoppers,
        Fact("in the tray", f"{machine.tray / _MINOR:.2f}"),
        Lamp("takes notes", bool(inside.notes.allowed)),
        Lamp("note in escrow", inside.notes.escrow is not None),
    )


def _counted(box: Iterable[int]) -> str:
    """`2 x 100, 1 x 5`, in yuan."""
    counts = sorted(Counter(box).items(), reverse=True)
    return ", ".join(f"{count} x {value / _MINOR:g}" for value, count in counts) or "empty"
