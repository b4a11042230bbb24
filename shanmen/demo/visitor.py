"""A visitor who plays by itself: touches the real widgets, and waits for what the machine does."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from drivers.emulators.wechat_gateway import Behaviour
from kiosk.app import Kiosk
from kiosk.journeys.pay_states import PayNow
from kiosk.journeys.states import (
    Review,
    State,
    Take,
    Welcome,
    When,
    Who,
    enough,
)
from shanmen.demo.gallery import Gallery
from shanmen.demo.world import World

_PATIENCE_SECONDS = 60.0
_GLANCE_SECONDS = 0.2


class Visitor:
    """Buys at a kiosk in a world; each screen is taken into the gallery."""

    def __init__(self, kiosk: Kiosk, world: World, gallery: Gallery) -> None:
        self._kiosk = kiosk
        self._world = world
        self._gallery = gallery

    def buy(self, language: str, party: Mapping[str, int], choose_slot: Callable[[When], int]) -> None:
        """From the first screen to the tickets in the hand. `choose_slot` gives the number of a slot in the list."""
        self.begin(language, party)
        self.choose(choose_slot)
        self.until(lambda state: isinstance(state.at, Review) and state.at.quote is not None)
        self._look("review")
        self.touch("pay")
        self.until(lambda state: isinstance(state.at, PayNow) and state.at.sale_id is not None)
        self._look("pay")
        self._world.show_code(Behaviour.CONFIRM_SOON)
        self.until(lambda state: isinstance(state.at, Take))
        self._look("take")
        self.touch("done")
        self.until(lambda state: isinstance(state.at, Welcome))

    def look_at_times(self, language: str, choose_slot: Callable[[When], int], name: str) -> None:
        """Goes as far as the list of times, looks at one of them, and leaves."""
        self.begin(language, {"adult": 1})
        self._page_to(choose_slot)
        self._look(name)
        self.touch("start-again")
        self.until(lambda state: isinstance(state.at, Welcome))

    def begin(self, language: str, party: Mapping[str, int]) -> None:
        """Language and party; ends at the list of times."""
        self.until(lambda state: isinstance(state.at, Welcome))
        self._look("welcome")
        self.touch(f"language-{language}")
        self.until(lambda state: isinstance(state.at, Who))
        for index, category in enumerate(self._kiosk.conductor.state.house.categories):
            wanted = party.get(category.category_id, 0)
            while (count := self._kiosk.conductor.state.visit.party[index]) != wanted:
                self.touch(f"count-{category.category_id}-{'plus' if count < wanted else 'minus'}")
        self._look("who")
        self.touch("onward")
        self.until(lambda state: isinstance(state.at, When) and state.at.slots is not None)

    def choose(self, choose_slot: Callable[[When], int]) -> None:
        """Turns to the slot and touches it."""
        place = self._page_to(choose_slot)
        self._look("when")
        self.touch(f"slot-{place}")

    def _page_to(self, choose_slot: Callable[[When], int]) -> int:
        """Turns the pages to a slot; returns its place on the page."""
        while True:
            at = self._kiosk.conductor.state.at
            if not isinstance(at, When) or at.slots is None:
                raise RuntimeError("the times are not shown")
            place = choose_slot(at) - at.first
            if 0 <= place < len(at.shown):
                return place
            self.touch("times-later" if place > 0 else "times-earlier")

    def _look(self, name: str) -> None:
        """Takes the screen as it stands once everything on it has found its place."""
        begun = time.monotonic()
        self.until(lambda _: time.monotonic() - begun > _GLANCE_SECONDS)
        self._gallery.take(name)

    def touch(self, name: str) -> None:
        """Presses a button of the screen that is seen. Raises RuntimeError when there is none to press."""
        stage = self._kiosk.stage
        for button in stage.findChildren(QAbstractButton, name):
            if button.isVisibleTo(stage) and button.isEnabled():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                return
        raise RuntimeError(f"no button {name!r} on {type(self._kiosk.conductor.state.at).__name__}")

    def until(self, reached: Callable[[State], bool], seconds: float = _PATIENCE_SECONDS) -> None:
        """Lets the machine work until it is so far. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while not reached(self._kiosk.conductor.state):
            if time.monotonic() > deadline:
                raise TimeoutError(f"still at {type(self._kiosk.conductor.state.at).__name__}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def first_open(at: When, visitors: int) -> int:
    """The earliest slot that the party can have."""
    return next(number for number, slot in enumerate(at.slots or ()) if enough(slot, visitors))


def last(at: When) -> int:
    """The latest slot of the day."""
    return len(at.slots or ()) - 1
