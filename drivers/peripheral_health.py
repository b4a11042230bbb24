"""How the smaller devices are: the customer display, the cabinet, the member card reader."""

from __future__ import annotations

from typing import assert_never

from drivers.contracts.cabinet import CabinetAnswer, CabinetLost, CabinetReading
from drivers.contracts.customer_display import DisplayAnswer, DisplayLost, Shown
from drivers.contracts.member_card import (
    CardAnswer,
    CardGone,
    CardPresented,
    CardReaderLost,
    CardUnreadable,
    NothingNew,
)
from drivers.health import Degraded, Health, Healthy, Lost


def display_health(answer: DisplayAnswer) -> Health:
    """A display never says how it is: there, or not there."""
    match answer:
        case Shown():
            return Healthy()
        case DisplayLost(cause):
            return Lost(cause)
        case _:
            assert_never(answer)


def cabinet_health(answer: CabinetAnswer) -> Health:
    """Tampering goes before an open door: staff open doors."""
    match answer:
        case CabinetReading(tampered=True):
            return Degraded("tampered", "the alarm contact is open")
        case CabinetReading(door_open=True):
            return Degraded("door_open", "the door is open")
        case CabinetReading():
            return Healthy()
        case CabinetLost(cause):
            return Lost(cause)
        case _:
            assert_never(answer)


def card_reader_health(answer: CardAnswer) -> Health:
    """An unreadable card is the card's fault, not the reader's."""
    match answer:
        case CardPresented() | CardGone() | CardUnreadable() | NothingNew():
            return Healthy()
        case CardReaderLost(cause):
            return Lost(cause)
        case _:
            assert_never(answer)
