"""Member cards on the bench: laid on the virtual reader of this machine's own card service (pcscd with vpcd)."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from drivers.emulators.virtual_card import VirtualCard
from shanmen.bench.action import Action, Choice, NonsenseError, OneOf, Press
from shanmen.bench.reading import Fact, Reading
from shanmen.bench.station import Station

_SERVICE_PORT = 35963
_CARDS = {"anna": "04A1B2C3", "bo": "04112233445566", "silent": ""}  # made-up members; the last tells no number


def open_member_card(stack: ExitStack, _folder: Path) -> Station:
    """Lays nothing down yet; the service is asked for with the first card.

    The settings do not name the reader: not every machine has the service.
    """
    lying = _Lying()
    stack.callback(lying.take_away)
    return Station("member-card", "Member cards", lying.actions(), readings=lying.readings)


class _Lying:
    """The card on the reader."""

    def __init__(self) -> None:
        self._card: VirtualCard | None = None
        self._whose = ""

    def actions(self) -> tuple[Action, ...]:
        cards = OneOf("card", tuple(Choice(word, word) for word in _CARDS))
        return (
            Press("member", "Lay down a member card", self._lay_down, cards),
            Press("take-member", "Take the card away", self._take),
        )

    def readings(self) -> tuple[Reading, ...]:
        return (Fact("card", self._whose or "none"),)

    def take_away(self) -> None:
        """Nothing happens when none lies there."""
        if self._card is not None:
            self._card.close()
        self._card, self._whose = None, ""

    def _lay_down(self, word: str) -> str:
        self.take_away()
        try:
            self._card = VirtualCard(_SERVICE_PORT, bytes.fromhex(_CARDS[word]))
        except OSError as error:
            raise NonsenseError(
                "No virtual reader here: install pcscd and vsmartcard-vpcd, and start pcscd."
            ) from error
        self._whose = word
        return f"On the card reader: {word}."

    def _take(self, _word: str) -> str:
        if self._card is None:
            raise NonsenseError("There is no card on the reader.")
        self.take_away()
        return "The card is taken away."
