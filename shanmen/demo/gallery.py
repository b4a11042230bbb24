"""Pictures of what a visitor saw, numbered in the order of seeing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from kiosk.app import Kiosk
from kiosk.journeys.pay_states import PayWaiting
from kiosk.journeys.states import (
    Printing,
    State,
    ToWindow,
)


class Gallery:
    """Writes `NN-name.png` into a folder. Screens that pass by themselves are taken as they come."""

    def __init__(self, folder: Path, kiosk: Kiosk) -> None:
        self._folder = folder
        self._stage = kiosk.stage
        self._number = 0
        self._passing: object = None
        kiosk.conductor.watch(self._watch)

    def take(self, name: str) -> None:
        """Takes the screen as it stands."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # as a person sees it: laid out
        self._number += 1
        self._stage.grab().save(str(self._folder / f"{self._number:02}-{name}.png"))

    def _watch(self, state: State) -> None:
        if isinstance(state.at, PayWaiting | Printing | ToWindow) and state.at != self._passing:
            self.take(_name(state.at))
        self._passing = state.at


def _name(at: PayWaiting | Printing | ToWindow) -> str:
    match at:
        case PayWaiting(confirm=confirm, unsure=unsure):
            return "paying-unsure" if unsure else "paying-confirm" if confirm else "paying"
        case Printing(ticket=ticket):
            return f"printing-{ticket}"
        case ToWindow():
            return "to-window"
