"""A machine with emulated devices, a gateway and a central, enrolled and well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.sdt_reader import SdtReaderEmulator
from drivers.emulators.serial_scanner import SerialScannerEmulator
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.transport.usb_places import UsbPlaces
from kiosk.settings import KioskSettings
from shanmen.doctor.machine import Instruments, Machine
from shanmen.enrolment import enrol_terminal
from shared.storage.backup import back_up
from tests.central.world import RunningCentral, SetClock, serve
from tests.doctor.ward import Ward

GIGABYTE = 1024**3


@pytest.fixture
def printer() -> Iterator[EscPosPrinterEmulator]:
    with EscPosPrinterEmulator() as printer:
        yield printer


@pytest.fixture
def scanner() -> Iterator[SerialScannerEmulator]:
    with SerialScannerEmulator() as scanner:
        yield scanner


@pytest.fixture
def reader() -> Iterator[SdtReaderEmulator]:
    with SdtReaderEmulator() as reader:
        yield reader


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[WeChatGatewayEmulator]:
    folder = tmp_path / "gateway"
    folder.mkdir()
    with WeChatGatewayEmulator(folder, slow_seconds=0.5) as gateway:
        yield gateway


@pytest.fixture
def central(tmp_path: Path) -> Iterator[RunningCentral]:
    folder = tmp_path / "central"
    folder.mkdir()
    with serve(folder) as running:
        yield running


@pytest.fixture
def document(
    tmp_path: Path,
    printer: EscPosPrinterEmulator,
    scanner: SerialScannerEmulator,
    reader: SdtReaderEmulator,
    gateway: WeChatGatewayEmulator,
    central: RunningCentral,
) -> dict[str, Any]:
    """The settings file's tables, for a test to change."""
    return {
        "terminal": {"name": "kiosk-1", "data": str(tmp_path / "kiosk")},
        "central": {"url": central.url},
        "printer": {"driver": "escpos", "address": printer.address, "options": {"answer_seconds": 0.5}},
        "scanner": {"driver": "serial", "address": scanner.address},
        "devices": {"identity": {"driver": "sdt", "address": reader.address, "options": {"answer_seconds": 0.5}}},
        "payment": {"wechat": gateway.settings()},
    }


@pytest.fixture
def clock(central: RunningCentral) -> SetClock:
    """The machine's own, which a test may set wrong; central keeps its own."""
    own = SetClock()
    own.shift = central.clock.now() - own.now()
    return own


@pytest.fixture
def instruments(clock: SetClock, tmp_path: Path) -> Instruments:
    places = UsbPlaces(ports=list, sys=tmp_path / "sys", dev=tmp_path / "dev")
    return Instruments(
        clock,
        sleep=lambda _: None,
        free_bytes=lambda _: GIGABYTE,
        has_keyring=lambda: True,
        listen_seconds=0.1,
        places=places,
    )


@pytest.fixture
def enrolled(document: dict[str, Any], central: RunningCentral, clock: SetClock) -> KioskSettings:
    """Settings of a terminal that central knows, with a backup of today."""
    settings = KioskSettings.model_validate(document)
    enrol_terminal(settings, central.code(), clock)
    data = settings.terminal.data
    back_up(data / "terminal.sqlite", data / "backups", clock.now().astimezone().date())
    Path(str(settings.payment["wechat"]["private_key_file"])).chmod(0o600)
    return settings


@pytest.fixture
def ward(enrolled: KioskSettings, instruments: Instruments) -> Ward:
    return Ward(Machine(instruments, enrolled))
