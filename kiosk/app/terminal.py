"""The terminal behind the kiosk: its database, key and enrolment, its line to central, and what it sells."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import structlog

from kiosk.settings import KioskSettings
from shared.domain.catalog import Catalog, catalog_from_document
from shared.domain.clock import Clock
from shared.domain.pricing import PriceList, price_list_from_document
from shared.errors import Fault, SurroundingsError
from shared.security.keys import SigningKey
from shared.security.opening_keys import KeysAtHand, keys_at_hand
from shared.storage.database import Database
from shared.storage.store import TerminalStore
from shared.storage.terminal_folder import open_terminal_folder
from shared.sync.assembly import SyncSettings, build_engine
from shared.sync.engine import SyncEngine
from shared.sync.enrolment import Enrolment
from shared.sync.news import News
from shared.sync.ports import FleetMember
from shared.system_clock import boot_name

_log = structlog.get_logger()
_FIRST_CATALOGUE_SECONDS = 30.0


@dataclass(frozen=True)
class Terminal:
    """An enrolled terminal. `close` ends the line and the database. `keys` protect visitors' document numbers."""

    key: SigningKey
    who: Enrolment
    database: Database
    store: TerminalStore
    engine: SyncEngine
    keys: KeysAtHand

    def close(self, *, give_back: bool = False) -> None:
        """`give_back`: the machine goes out of use, so its leases return to central."""
        self.engine.stop(give_back=give_back)
        self.database.close()

    def wares(self) -> tuple[Catalog, PriceList]:
        """The catalogue and its price list as central last published them. Raises SurroundingsError, NO_CATALOGUE."""
        deadline = time.monotonic() + _FIRST_CATALOGUE_SECONDS
        while (found := self._stored_wares()) is None:
            if time.monotonic() > deadline:
                raise SurroundingsError(Fault.NO_CATALOGUE)
            time.sleep(0.1)
        return found

    def _stored_wares(self) -> tuple[Catalog, PriceList] | None:
        catalogue, prices = self.store.fact("catalogue"), self.store.fact("prices")
        if catalogue is None or prices is None:
            return None
        catalog = catalog_from_document(_document(catalogue))
        return catalog, price_list_from_document(_document(prices), catalog)


def open_terminal(
    settings: KioskSettings, clock: Clock, listener: Callable[[News], None], member: FleetMember
) -> Terminal:
    """Opens the database and starts syncing. Raises NumberedError and KeyFileError."""
    opened = open_terminal_folder(settings.terminal.data, clock)
    with ExitStack() as undo:
        undo.callback(opened.database.close)
        keys = keys_at_hand(opened.vault(), opened.store.identity.key_versions())
        _report(keys)
        undo.pop_all()
    who, key, store = opened.who, opened.key, opened.store
    engine = build_engine(SyncSettings(settings.central.url), who, key, store, clock, boot_name(), listener, member)
    engine.start()
    return Terminal(key, who, opened.database, store, engine, keys)


def _report(keys: KeysAtHand) -> None:
    """Data keys that are gone, or lie on the disk that they protect, are told once at the start."""
    if keys.protection is None:
        _log.error("data_keys_missing", number=Fault.DATA_KEYS.number, problem=keys.problem)
    elif keys.standing is not None and keys.standing.degraded:
        _log.warning("data_keys_degraded", place=keys.standing.place)


def _document(fact: Mapping[str, object]) -> Mapping[str, object]:
    document = fact["document"]
    if not isinstance(document, dict):
        raise TypeError("a fact's document is an object")
    return document
