"""The reader of resident cards on the bench, and the made-up people whose cards are laid on it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.sdt_people import PEOPLE, CardLayout
from drivers.emulators.sdt_reader import SdtReaderEmulator, SdtTrouble
from shanmen.bench.action import Action, Choice, OneOf, Press
from shanmen.bench.reading import Fact, Reading
from shanmen.bench.station import Station
from shanmen.bench.stations.faults import fault_switch, unplug_switch

_LAYOUTS = {
    CardLayout.RESIDENT: "resident",
    CardLayout.HK_MACAO_TAIWAN: "HK, Macao, Taiwan",
    CardLayout.FOREIGNER_2017: "foreigner, 2017",
    CardLayout.FOREIGNER_2023: "foreigner, 2023",
}
_FAULTS = (
    ("silence", "Answers nothing", SdtTrouble.SILENT),
    ("slow", "Slow line", SdtTrouble.SLOW),
    ("garble", "Garbles its answers", SdtTrouble.GARBLED),
    ("cut-off", "Cuts its answers off", SdtTrouble.CUT_OFF),
    ("snatch", "Card is taken away while read", SdtTrouble.LIFTED_ON_READ),
    ("refuse-card", "Takes no card for genuine", SdtTrouble.NOT_GENUINE),
    ("self-test", "Fails its self-test", SdtTrouble.SELF_TEST),
)


def open_identity(stack: ExitStack, _folder: Path) -> Station:
    """Starts a reader."""
    return identity_station(stack.enter_context(SdtReaderEmulator()))


def identity_station(reader: SdtReaderEmulator) -> Station:
    """The place of a reader that runs already."""
    lying = _Lying(reader)
    settings = {"devices": {"identity": {"driver": "sdt", "address": reader.address}}}
    return Station("identity", "Identity cards", lying.actions(), settings, lying.readings)


class _Lying:
    """What lies on the reader."""

    def __init__(self, reader: SdtReaderEmulator) -> None:
        self._reader = reader
        self._whose = ""

    def actions(self) -> tuple[Action, ...]:
        people = tuple(Choice(word, f"{word} ({_LAYOUTS[person.layout]})") for word, person in PEOPLE.items())
        return (
            Press("card", "Lay down the card of", self._lay_down, OneOf("person", people)),
            Press("lift", "Lift the card", self._lift),
            unplug_switch(self._reader),
            *(fault_switch(self._reader, *row) for row in _FAULTS),
        )

    def readings(self) -> tuple[Reading, ...]:
        return (Fact("card", self._whose or "none"),)

    def _lay_down(self, word: str) -> str:
        self._reader.lay_down(PEOPLE[word])
        self._whose = word
        return f"On the reader: {word}."

    def _lift(self, _word: str) -> str:
        self._reader.lift()
        self._whose = ""
        return "The card is lifted."
