"""The serial reader of passports on the bench, and documents of made-up people to put through it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import get_args

from drivers.emulators.zone_reader import ZoneReaderEmulator, ZoneReaderTrouble
from drivers.emulators.zone_writer import ZoneHolder, ZoneSize, zone
from shanmen.bench.action import Action, Choice, OneOf, Press
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import fault_switch, unplug_switch

SIZES: dict[str, ZoneSize] = {size.lower(): size for size in get_args(ZoneSize)}
_FAULTS = (
    ("slow", "Slow line", ZoneReaderTrouble.SLOW),
    ("garble", "Reads parts wrongly", ZoneReaderTrouble.GARBLED),
    ("cut-off", "Reads half of it", ZoneReaderTrouble.CUT_OFF),
    ("mix-up", "Reads every 0 as O", ZoneReaderTrouble.MIXED_UP),
    ("chatter", "Says something else before", ZoneReaderTrouble.CHATTER),
)


def open_passport(stack: ExitStack, _folder: Path) -> Station:
    """Starts a reader."""
    return passport_station(stack.enter_context(ZoneReaderEmulator()))


def passport_station(reader: ZoneReaderEmulator) -> Station:
    """The place of a reader that runs already."""
    settings = {"devices": {"passport": {"driver": "mrz-serial", "address": reader.address}}}
    return Station("passport", "Passport reader", _actions(reader), settings)


def holder_for(size: ZoneSize) -> ZoneHolder:
    """A made-up person with a document of this size."""
    code = "V" if size.startswith("MRV") else "I" if size != "TD3" else "P"
    return ZoneHolder("Eriksson", "Anna Maria", "L898902C3", "UTO", "740812", "F", "320415", issuer="UTO", code=code)


def _actions(reader: ZoneReaderEmulator) -> tuple[Action, ...]:
    def put_through(word: str) -> str:
        reader.put_through(zone(holder_for(SIZES[word]), SIZES[word]))
        return f"Put through the reader: {SIZES[word]}."

    preferred = sorted(SIZES, key=lambda word: word != "td3")
    choices = tuple(Choice(word, SIZES[word]) for word in preferred)
    return (
        Press("slot", "Put a document through", put_through, OneOf("document", choices)),
        unplug_switch(reader),
        *(fault_switch(reader, *row) for row in _FAULTS),
    )
