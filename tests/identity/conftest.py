"""Readers of documents with their emulators at the other end of the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from drivers.contracts.identity import IdentityReader
from drivers.emulators.sdt_reader import SdtReaderEmulator
from drivers.registry import DeviceSettings
from drivers.registry_identity import build_identity_reader

settings.register_profile("shared machine", deadline=None)  # a busy processor is no failure
settings.load_profile("shared machine")

QUICK: dict[str, object] = {"answer_seconds": 0.4, "poll_seconds": 0.02}


@pytest.fixture
def card_reader() -> Iterator[SdtReaderEmulator]:
    with SdtReaderEmulator() as emulator:
        yield emulator


@pytest.fixture
def open_reader() -> Iterator[Callable[..., IdentityReader]]:
    """Makes an open reader of the driver named; closed at the end."""
    with ExitStack() as stack:

        def make(driver: str, address: str, **options: object) -> IdentityReader:
            reader = build_identity_reader(DeviceSettings("identity", driver, address, options))
            reader.open()
            stack.callback(reader.close)
            return reader

        yield make


@pytest.fixture
def sdt(card_reader: SdtReaderEmulator, open_reader: Callable[..., IdentityReader]) -> IdentityReader:
    return open_reader("sdt", card_reader.address, **QUICK)
