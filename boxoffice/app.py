"""Builds the box office from its settings: the only place that knows files, reducer and panel together."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow

from boxoffice.look import WINDOW, stylesheet
from boxoffice.settings import BoxOfficeSettings, TicketCheckSection
from boxoffice.ticket_check.check import Cleared, CodeEntered, Event, Knowledge, State, Waiting, step
from boxoffice.ticket_check.panel import TicketCheckPanel
from boxoffice.ticket_check.words import verdict
from i18n.loader import Translator, load
from shared.catalogue_files import declared_catalog
from shared.domain.catalog import Catalog
from shared.domain.clock import Clock
from shared.security.keys import KeyFileError, Keyring
from shared.settings import SettingsError
from shared.system_clock import SystemClock
from shared.ui.fonts import family, set_language


class TicketCheckDesk:
    """Runs the check: the panel's events through the reducer, its state back onto the panel."""

    def __init__(self, panel: TicketCheckPanel, knowledge: Knowledge, words: Translator, clock: Clock) -> None:
        self._panel, self._knowledge, self._words, self._clock = panel, knowledge, words, clock
        self._state: State = Waiting()
        panel.entered.connect(self._enter)
        panel.cleared.connect(self._clear)
        self._show()

    def _enter(self, code: str) -> None:
        self._take(CodeEntered(code, self._clock.now()))

    def _clear(self) -> None:
        self._take(Cleared())

    def _take(self, event: Event) -> None:
        self._state = step(self._state, event, self._knowledge)
        self._show()

    def _show(self) -> None:
        self._panel.show_verdict(verdict(self._state, self._words))


class BoxOfficeWindow(QMainWindow):
    """The cashier's window."""

    def __init__(self, knowledge: Knowledge, words: Translator, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle(words.gettext("Box office"))
        self.setStyleSheet(stylesheet(family(words.language)))
        self.resize(*WINDOW)
        panel = TicketCheckPanel(words)
        self.setCentralWidget(panel)
        self._desk = TicketCheckDesk(panel, knowledge, words, clock)


def run(settings: BoxOfficeSettings) -> int:
    """Opens the box office and stays until it is closed; returns the exit status.

    Raises SettingsError naming the key when the files that the settings name cannot be used.
    """
    knowledge = read_knowledge(settings.ticket_check)
    application = QApplication(sys.argv[:1])
    set_language(settings.desk.language)
    window = BoxOfficeWindow(knowledge, load(settings.desk.language), SystemClock())
    window.show()
    return application.exec()


def read_knowledge(section: TicketCheckSection) -> Knowledge:
    """The keys and the catalogue from their files. Raises SettingsError naming the key of the one at fault."""
    return Knowledge(_keyring(section.keys), _catalog(section.catalog))


def _keyring(path: Path) -> Keyring:
    try:
        return Keyring.load(path)
    except KeyFileError as error:
        raise SettingsError(f"ticket_check.keys: {error}") from error


def _catalog(path: Path) -> Catalog:
    try:
        return declared_catalog(path)
    except SettingsError as error:
        raise SettingsError(f"ticket_check.catalog: {error}") from error
