"""A device's thread: what it keeps from its callers, and what it tells them."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest

from drivers.attendance import attend_printer, attend_scanner
from drivers.contracts.printer import Cut, Printed, PrinterReady, PrintJob, TextLine
from drivers.contracts.scanner import Scanned, Unreadable
from drivers.device_call import DeadlinePassedError, DeviceStoppedError
from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.serial_scanner import SerialScannerEmulator
from drivers.health import Degraded, Health, Healthy, Lost
from drivers.host import Device, DeviceHost
from drivers.registry import DeviceSettings, build_printer, build_scanner

QUICK: dict[str, object] = {"answer_seconds": 0.5, "margin_seconds": 2.0, "poll_seconds": 0.05}


class Relay:
    """The plainest device: it does what a call tells it to."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def counters(self) -> Mapping[str, int]:
        return {}


@contextmanager
def hosted(device: Device, attend: Callable[[], Health] = Healthy, pause: float = 0.05) -> Iterator[DeviceHost]:
    host = DeviceHost("test", device, attend, pause, time.monotonic)
    host.start()
    try:
        yield host
    finally:
        assert host.stop()


def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def occupy(host: DeviceHost) -> threading.Event:
    """Lets the device hang in a call until the event is set."""
    begun, release = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        release.wait()

    host.call(hang, 60)
    assert begun.wait(2)
    return release


def test_calls_run_in_order_on_the_devices_own_thread() -> None:
    with hosted(Relay()) as host:
        names = [host.call(lambda: threading.current_thread().name, 1) for _ in range(3)]
        assert {name.result(1) for name in names} == {"device-test"}
        assert host.statistics().calls == 3


def test_a_hanging_device_times_out_and_holds_up_no_other() -> None:
    release = threading.Event()
    with hosted(Relay()) as hanging, hosted(Relay()) as other:
        stuck = hanging.call(release.wait, 0.1)
        behind = hanging.call(lambda: "never", 0.1)
        assert other.call(lambda: "done", 1).result(1) == "done"
        with pytest.raises(DeadlinePassedError) as begun:
            stuck.result(1)
        with pytest.raises(DeadlinePassedError) as waiting:
            behind.result(1)
        assert (begun.value.started, waiting.value.started) == (True, False)
        assert isinstance(hanging.health, Lost)
        release.set()
        assert hanging.call(lambda: "again", 1).result(1) == "again"
        assert hanging.statistics().timeouts == 2


def test_a_call_whose_deadline_passed_is_never_begun() -> None:
    begun = threading.Event()
    with hosted(Relay()) as host:
        release = occupy(host)
        late = host.call(begun.set, 0.05)
        with pytest.raises(DeadlinePassedError):
            late.result(1)
        release.set()
        host.call(lambda: None, 1).result(1)
        assert not begun.is_set()


def test_an_error_goes_to_the_caller_and_the_thread_lives_on() -> None:
    def fail() -> None:
        raise RuntimeError("ours")

    with hosted(Relay()) as host:
        with pytest.raises(RuntimeError, match="ours"):
            host.call(fail, 1).result(1)
        assert host.call(lambda: 1, 1).result(1) == 1
        assert host.statistics().failures == 1


def test_stopping_refuses_what_waits_and_is_quick() -> None:
    host = DeviceHost("test", Relay(), Healthy, 1.0, time.monotonic)
    host.start()
    release = occupy(host)
    waiting = host.call(lambda: 1, 5)
    threading.Timer(0.1, release.set).start()
    start = time.monotonic()
    assert host.stop()
    assert time.monotonic() - start < 1
    for refused in (waiting, host.call(lambda: 1, 5)):
        with pytest.raises(DeviceStoppedError):
            refused.result(1)


def test_a_host_that_never_started_can_be_stopped() -> None:
    host = DeviceHost("test", Relay(), Healthy, 1.0, time.monotonic)
    waiting = host.call(lambda: 1, 5)
    assert host.stop()
    with pytest.raises(DeviceStoppedError):
        waiting.result(1)


def test_a_device_that_hangs_at_the_end_is_left_behind() -> None:
    host = DeviceHost("test", Relay(), Healthy, 1.0, time.monotonic)
    host.start()
    release = occupy(host)
    assert not host.stop(0.1)
    release.set()


def test_the_printers_health_follows_its_faults(emulator: EscPosPrinterEmulator) -> None:
    printer = build_printer(DeviceSettings("printer", "escpos", emulator.address, QUICK))
    heard: queue.SimpleQueue[tuple[str, Health]] = queue.SimpleQueue()
    with hosted(printer, attend_printer(printer)) as host:
        host.add_listener(lambda health: heard.put((threading.current_thread().name, health)))
        assert host.call(printer.status, 2).result(2) == PrinterReady()
        until(lambda: host.health == Healthy())
        emulator.set_fault(PrinterTrouble.COVER_OPEN)
        until(lambda: host.health == Degraded("cover_open", "cannot print: cover_open"))
        emulator.set_fault(PrinterTrouble.SILENT)
        until(lambda: isinstance(host.health, Lost))
        emulator.clear_fault(PrinterTrouble.SILENT)
        emulator.clear_fault(PrinterTrouble.COVER_OPEN)
        until(lambda: host.health == Healthy(), 10)
        job = PrintJob("j", "0001", (TextLine("票"), Cut()))
        assert host.call(lambda: printer.print(job), 10).result(10) == Printed()
        assert dict(host.statistics().counters) == {"sheets": 1, "cuts": 1, "jams": 0, "retracted": 0}
    assert heard.get_nowait()[0] == "device-test"


def test_a_printer_switched_on_later_is_found() -> None:
    with EscPosPrinterEmulator() as first:
        address = first.address
    printer = build_printer(DeviceSettings("printer", "escpos", address, QUICK))
    with hosted(printer, attend_printer(printer)) as host:
        until(lambda: isinstance(host.health, Lost))
        with EscPosPrinterEmulator(port=int(address.rpartition(":")[2])):
            until(lambda: host.health == Healthy(), 10)


def test_scans_are_delivered_over_an_unplugging(reader: SerialScannerEmulator) -> None:
    scanner = build_scanner(DeviceSettings("scanner", "serial", reader.address))
    scans: queue.SimpleQueue[Scanned | Unreadable] = queue.SimpleQueue()
    with hosted(scanner, attend_scanner(scanner, scans.put), pause=0) as host:
        until(lambda: host.health == Healthy())
        reader.present("A1")
        assert scans.get(timeout=2) == Scanned(b"A1")
        reader.unplug()
        until(lambda: isinstance(host.health, Lost))
        reader.plug()
        until(lambda: host.health == Healthy(), 10)
        reader.present("A2")
        assert scans.get(timeout=2) == Scanned(b"A2")
        assert dict(host.statistics().counters) == {"reads": 2, "unreadable": 0}
