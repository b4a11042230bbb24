"""Every device of the settings: can its port be opened, does it answer in its own language, can it work?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import assert_never

from drivers.contracts.identity import ReaderFault, ReaderLost, ReaderReady
from drivers.contracts.printer import (
    PrinterFault,
    PrinterNotReady,
    PrinterReady,
    PrinterStatus,
    PrinterUnreachable,
)
from drivers.contracts.scanner import ScannerLost
from drivers.device_settings import DeviceSettings
from drivers.errors import ConfigurationError
from drivers.printer.typeface import TypefaceMissingError
from drivers.registry import build_scanner
from drivers.registry_identity import build_identity_reader
from drivers.registry_printer import build_printer
from shanmen.doctor.checks.peripherals import look_at_cabinet, look_at_card_reader, look_at_cash, look_at_display
from shanmen.doctor.checks.strangers import stranger, who_is_there
from shanmen.doctor.finding import Finding
from shanmen.doctor.hail import Heard, NothingHeard, hail
from shanmen.doctor.kinds import HELD, PRINTERS, READERS, SCANNERS, SPOKEN_TO
from shanmen.doctor.machine import Machine
from shanmen.doctor.opened import opened
from shanmen.doctor.places import what_is_in_the_way

Examine = Callable[[DeviceSettings, Machine], Iterator[Finding]]

_CAMERA_SECONDS = 5.0  # until a camera gives its first picture, or is given up
_PRINTER_FINDINGS = {
    PrinterFault.PAPER_OUT: "PRINTER_PAPER_OUT",
    PrinterFault.COVER_OPEN: "PRINTER_COVER_OPEN",
    PrinterFault.CUTTER: "PRINTER_KNIFE",
}


def look_at_devices(machine: Machine) -> Iterator[Finding]:
    """One device after the other; one that hangs or is absent does not keep the others from being seen."""
    for device in machine.devices:
        yield from examine_device(device, machine)


def examine_device(device: DeviceSettings, machine: Machine) -> Iterator[Finding]:
    """All findings about one device."""
    examine = EXAMINERS.get(device.driver)
    if examine is None:
        yield Finding("DEVICE_NOT_EXAMINED", device.key, {"driver": device.driver})
        return
    in_the_way = what_is_in_the_way(device, machine.look.places) if device.driver in HELD else None
    if in_the_way is not None:
        yield in_the_way
        return
    try:
        yield from examine(device, machine)
    except ConfigurationError as error:
        yield wrong_setting(device.key, error)
    except TypefaceMissingError:
        return  # told once, of the machine


def wrong_setting(device: str, error: ConfigurationError) -> Finding:
    """A key of the settings that cannot be used."""
    key = error.key if error.key.startswith(device) else f"{device}.{error.key}"
    return Finding("SETTING_WRONG", device, {"key": key, "reason": error.reason})


def _printer(device: DeviceSettings, machine: Machine) -> Iterator[Finding]:
    with opened(build_printer(device)) as printer:
        status = printer.status()
    yield from _printer_status(device, status, machine)


def _printer_status(device: DeviceSettings, status: PrinterStatus, machine: Machine) -> Iterator[Finding]:
    match status:
        case PrinterReady(paper_low=low):
            yield Finding("PRINTER_PAPER_LOW" if low else "PRINTER_WELL", device.key)
        case PrinterNotReady(faults):
            for fault in sorted(faults, key=lambda each: each.value):
                yield Finding(_PRINTER_FINDINGS.get(fault, "PRINTER_FAULT"), device.key, {"fault": fault.value})
        case PrinterUnreachable(cause) if device.driver not in SPOKEN_TO:
            yield Finding("DEVICE_NOT_ON_NETWORK", device.key, {"address": device.address, "cause": cause})
        case PrinterUnreachable():
            yield who_is_there(device, machine, "ESC/POS")
        case _:
            assert_never(status)


def _scanner(device: DeviceSettings, machine: Machine) -> Iterator[Finding]:
    """A scanner on a line says nothing by itself: whoever answers at its port is none."""
    if device.driver not in SPOKEN_TO:
        yield _held_scanner(device)
        return
    build_scanner(device)
    match hail(device, machine.look.places, machine.look.listen_seconds):
        case NothingHeard():
            yield Finding("SCANNER_OPEN", device.key)
        case Heard(None):
            yield Finding("DEVICE_GARBLED", device.key, {"address": device.address})
        case Heard(language):
            yield stranger(device, str(language))


def _held_scanner(device: DeviceSettings) -> Finding:
    """A keyboard or a camera: whether it can be had."""
    with opened(build_scanner(device)) as scanner:
        answer = scanner.read(_CAMERA_SECONDS)
    if isinstance(answer, ScannerLost):
        return Finding("DEVICE_ABSENT", device.key, {"address": device.address})
    return Finding("SCANNER_OPEN", device.key)


def _identity(device: DeviceSettings, machine: Machine) -> Iterator[Finding]:
    with opened(build_identity_reader(device)) as reader:
        status = reader.status()
    match status:
        case ReaderReady(serial):
            yield Finding("READER_WELL", device.key, {"serial": serial or "-"})
        case ReaderFault(trouble):
            yield Finding("READER_FAULT", device.key, {"trouble": trouble.value})
        case ReaderLost() if device.driver not in SPOKEN_TO:
            yield Finding("DEVICE_ABSENT", device.key, {"address": device.address})
        case ReaderLost():
            yield who_is_there(device, machine, "SDT")
        case _:
            assert_never(status)


EXAMINERS: Mapping[str, Examine] = {
    **dict.fromkeys(PRINTERS, _printer),
    **dict.fromkeys(SCANNERS, _scanner),
    **dict.fromkeys(READERS, _identity),
    "cctalk": look_at_cash,
    "cd5220": look_at_display,
    "modbus-relay": look_at_cabinet,
    "pcsc": look_at_card_reader,
}
"""By the driver's name. A device more is a function and a name here."""
