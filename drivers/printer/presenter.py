"""A sheet in the mouth of the machine: left there for the visitor for a while, then drawn back."""

from __future__ import annotations

from typing import Protocol

import structlog

from drivers.contracts.printer import PrinterReady, PrinterStatus
from drivers.transport.line import Monotonic

_log = structlog.get_logger()
PATIENCE_SECONDS = 60.0


class Presenter(Protocol):
    """A printer that may hold a cut sheet until it is taken. Both calls on the device's thread."""

    def status(self) -> PrinterStatus: ...

    def retract(self) -> PrinterStatus:
        """Draws the sheet back; the status after it tells whether it went."""
        ...


class PresenterWatch:
    """Asked as often as the printer is looked after; a sheet that nobody takes within `patience` s is drawn back."""

    def __init__(self, presenter: Presenter, monotonic: Monotonic, patience: float = PATIENCE_SECONDS) -> None:
        self._presenter = presenter
        self._monotonic = monotonic
        self._patience = patience
        self._since: float | None = None

    def status(self) -> PrinterStatus:
        """The printer's status, after a sheet whose time is up was drawn back."""
        status = self._presenter.status()
        if not (isinstance(status, PrinterReady) and status.sheet_waiting):
            self._since = None
            return status
        if self._since is None:
            self._since = self._monotonic()
        if self._monotonic() - self._since < self._patience:
            return status
        self._since = None
        after = self._presenter.retract()
        _log.warning("presenter.retracted", status=str(after))
        return after
