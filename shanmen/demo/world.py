"""Everything around a demonstration kiosk: central as a process of its own, and each device at the end of a wire."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.network_line import NetworkLine
from drivers.emulators.serial_scanner import SerialScannerEmulator
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator, make_code
from kiosk.settings import KioskSettings
from shanmen.bench.configuration import kiosk_tables
from shanmen.bench.stations.card_terminal import open_card_terminal
from shanmen.bench.stations.cash import open_cash
from shanmen.bench.stations.gateways import open_alipay, wechat_station
from shanmen.bench.stations.line import line_station
from shanmen.bench.stations.printer import SPEED_MM_S, printer_station
from shanmen.bench.stations.scanner import scanner_station
from shanmen.bench.table import Bench

SITE = Path(__file__).parents[2] / "assets" / "demo"
ZONE = ZoneInfo("Asia/Shanghai")
OPENING = (9, 12)  # the demonstration begins at 9:12 of the site's day, whenever it is played
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0


@dataclass(frozen=True)
class World:
    """The emulated surroundings of one kiosk. `offset` is how far the demonstration's clock is from the machine's.

    `bench` is the table of what can be done to all of them.
    """

    folder: Path
    offset: timedelta
    printer: EscPosPrinterEmulator
    scanner: SerialScannerEmulator
    gateway: WeChatGatewayEmulator
    line: NetworkLine
    bench: Bench
    settings: KioskSettings

    def show_code(self, behaviour: Behaviour = Behaviour.APPROVE) -> None:
        """A visitor holds a telephone with a payment code before the scanner."""
        self.scanner.present(make_code(behaviour))


@contextmanager
def demonstration(folder: Path, now: datetime, scale: float = 1.0) -> Iterator[World]:
    """Starts everything in `folder` (empty at the start) and stops it again. Raises RuntimeError.

    `scale` makes the kiosk's screen smaller, for a window on a desk.
    """
    offset = morning_offset(now)
    with ExitStack() as stack:
        port = stack.enter_context(_central(folder / "central", offset))
        line = stack.enter_context(NetworkLine("127.0.0.1", port))
        printer = stack.enter_context(EscPosPrinterEmulator(speed_mm_s=SPEED_MM_S))
        scanner = stack.enter_context(SerialScannerEmulator())
        gateway = stack.enter_context(WeChatGatewayEmulator(_made(folder / "gateway")))
        stations = [printer_station(printer), scanner_station(scanner), wechat_station(gateway)]
        stations += [open_device(stack, folder) for open_device in (open_alipay, open_card_terminal, open_cash)]
        bench = Bench((*stations, line_station(line)))
        settings = _kiosk_settings(bench, folder / "kiosk", scale)
        yield World(folder, offset, printer, scanner, gateway, line, bench, settings)


def morning_offset(now: datetime) -> timedelta:
    """From now to the opening hour of the same day at the site."""
    local = now.astimezone(ZONE)
    hour, minute = OPENING
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0) - local


def central_settings(folder: Path) -> Path:
    """Where the demonstration's central has its settings file."""
    return folder / "central" / "central.toml"


def _kiosk_settings(bench: Bench, data: Path, scale: float) -> KioskSettings:
    screen = {"full_screen": False, "width_px": round(1080 * scale), "height_px": round(1920 * scale)}
    return KioskSettings.model_validate({**kiosk_tables(bench.stations, data), "screen": screen})


@contextmanager
def _central(folder: Path, offset: timedelta) -> Iterator[int]:
    """Central in a process of its own; yields its port."""
    ready = _made(folder) / "ready"
    ready.unlink(missing_ok=True)
    settings = folder / "central.toml"
    settings.write_text(
        f'site = "{SITE}"\ndatabase = "central.sqlite"\nkey_file = "central.key"\nport = 0\n'
        f'ready_file = "ready"\nclock_offset_s = {offset.total_seconds()}\n'
    )
    with (folder / "central.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "shanmen", "central", "--settings", str(settings)], stdout=log, stderr=log
        )
        try:
            yield _wait_for_port(process, ready)
        finally:
            _stop(process)


def _wait_for_port(process: subprocess.Popen[bytes], ready: Path) -> int:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            return int(json.loads(ready.read_text())["port"])
        time.sleep(0.05)
    raise RuntimeError(f"central did not start; see {ready.parent / 'central.log'}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
