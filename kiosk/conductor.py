"""Keeps the journey going: one event at a time, on one thread, from whatever thread it came."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.journeys.buy import step
from kiosk.journeys.effects import Effect
from kiosk.journeys.events import Event
from kiosk.journeys.states import House, State, fresh


class Conductor:
    """Holds the state. `render` shows it, `perform` starts an effect; both return at once."""

    def __init__(self, house: House, render: Callable[[State], None], perform: Callable[[Effect], None]) -> None:
        self.state = fresh(house)
        self._render = render
        self._perform = perform
        self._watchers: list[Callable[[State], None]] = []

    def watch(self, watcher: Callable[[State], None]) -> None:
        """Calls `watcher` with every new state once it is shown."""
        self._watchers.append(watcher)

    def handle(self, event: Event) -> None:
        """Takes the step, shows it, and starts what it asks for."""
        before = self.state
        self.state, effects = step(before, event)
        if self.state != before:
            self._render(self.state)
            for watcher in self._watchers:
                watcher(self.state)
        for effect in effects:
            self._perform(effect)
