"""An identity reader behind its host: health, deadlines, statistics."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from drivers.contracts.identity import DocumentRead, ReaderLost, ReaderReady
from drivers.emulators.sdt_people import PEOPLE
from drivers.emulators.sdt_reader import SdtReaderEmulator, SdtTrouble
from drivers.health import Degraded, Health, Healthy, Lost
from drivers.host import DeviceHost
from drivers.identity.hosted import HostedIdentityReader, attend_identity_reader
from drivers.registry import DeviceSettings
from drivers.registry_identity import build_identity_reader
from tests.identity.conftest import QUICK


@pytest.fixture
def host(card_reader: SdtReaderEmulator) -> Iterator[tuple[DeviceHost, HostedIdentityReader]]:
    reader = build_identity_reader(DeviceSettings("identity", "sdt", card_reader.address, QUICK))
    host = DeviceHost("identity", reader, attend_identity_reader(reader), 0.05, time.monotonic)
    host.start()
    yield host, HostedIdentityReader(reader, host)
    assert host.stop(5)


def await_health(host: DeviceHost, kind: type[Health]) -> None:
    deadline = time.monotonic() + 10
    while not isinstance(host.health, kind):
        assert time.monotonic() < deadline, host.health
        time.sleep(0.02)


def test_a_card_is_read_from_another_thread(
    card_reader: SdtReaderEmulator, host: tuple[DeviceHost, HostedIdentityReader]
) -> None:
    owner, reader = host
    await_health(owner, Healthy)
    card_reader.lay_down(PEOPLE["resident"])
    assert isinstance(reader.read(5), DocumentRead)
    assert isinstance(reader.status(), ReaderReady)
    assert owner.statistics().counters["reads"] == 1


def test_health_follows_the_reader(
    card_reader: SdtReaderEmulator, host: tuple[DeviceHost, HostedIdentityReader]
) -> None:
    owner, _ = host
    card_reader.set_fault(SdtTrouble.NOT_AUTHORISED)
    await_health(owner, Degraded)
    card_reader.clear_fault(SdtTrouble.NOT_AUTHORISED)
    await_health(owner, Healthy)
    card_reader.unplug()
    await_health(owner, Lost)
    card_reader.plug()
    await_health(owner, Healthy)


def test_a_stopped_reader_is_lost(host: tuple[DeviceHost, HostedIdentityReader]) -> None:
    owner, reader = host
    assert owner.stop(5)
    assert isinstance(reader.read(0.1), ReaderLost)
    assert isinstance(reader.status(), ReaderLost)
