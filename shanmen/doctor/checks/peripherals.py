"""Cash machine, customer display, light and door, reader of member cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from drivers.cash.building import build_cash
from drivers.contracts.cabinet import CabinetLost, CabinetReading
from drivers.contracts.cash import CashUnreachable, Hopper, HopperStatus
from drivers.contracts.customer_display import DisplayLine, DisplayLost, Shown
from drivers.contracts.member_card import CardReaderLost
from drivers.device_settings import DeviceSettings
from drivers.registry_peripherals import build_cabinet, build_card_reader, build_display
from shanmen.doctor.checks.strangers import who_is_there
from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine
from shanmen.doctor.opened import opened
from shanmen.doctor.words import say

_CARD_SECONDS = 0.2
_SHOWN_SECONDS = 3.0


def look_at_cash(device: DeviceSettings, machine: Machine) -> Iterator[Finding]:
    """Asks every device on the bus for what moves nothing; a bus on which nobody answers may be another device."""
    cash = build_cash(device)
    parts = cash.devices
    with opened(cash.bus):
        silent = [each.name for each in (*parts.notes, *parts.coins) if isinstance(each.total(), CashUnreachable)]
        hoppers = [(each, each.status()) for each in parts.hoppers]
    silent += [each.name for each, status in hoppers if isinstance(status, CashUnreachable)]
    count = len(parts.notes) + len(parts.coins) + len(parts.hoppers)
    if count and len(silent) == count:
        yield who_is_there(device, machine, "ccTalk")
        return
    troubles = [trouble for each, status in hoppers for trouble in _hopper(device, each, status)]
    yield from (Finding("CASH_PART_SILENT", device.key, {"name": name}) for name in silent)
    yield from troubles
    if not silent and not troubles:
        yield Finding("CASH_WELL", device.key, {"count": str(count)})


def _hopper(device: DeviceSettings, hopper: Hopper, status: HopperStatus | CashUnreachable) -> Iterator[Finding]:
    if isinstance(status, CashUnreachable):
        return
    for fault in sorted(status.faults - {"disabled"}):  # it is disabled until it is to pay
        yield Finding("HOPPER_FAULT", device.key, {"name": hopper.name, "fault": fault})
    if status.low:
        yield Finding("HOPPER_LOW", device.key, {"name": hopper.name})


def look_at_display(device: DeviceSettings, machine: Machine) -> Iterator[Finding]:
    """Writes a text that a person can see for a moment."""
    upper = DisplayLine(say("test-display", "upper", "zh-Hans"), plain="Shanmen")
    with opened(build_display(device)) as display:
        answer = display.show(upper, DisplayLine("1234567890"))
        machine.look.sleep(_SHOWN_SECONDS)  # closing clears it
    match answer:
        case Shown():
            yield Finding("DISPLAY_WRITTEN", device.key)
        case DisplayLost():
            yield Finding("DEVICE_ABSENT", device.key, {"address": device.address})
        case _:
            assert_never(answer)


def look_at_cabinet(device: DeviceSettings, machine: Machine) -> Iterator[Finding]:
    """Reads the contacts; the light stays as it is."""
    with opened(build_cabinet(device)) as cabinet:
        answer = cabinet.look()
    match answer:
        case CabinetReading(door_open=False, tampered=False):
            yield Finding("CABINET_WELL", device.key)
        case CabinetReading():
            if answer.door_open:
                yield Finding("CABINET_DOOR_OPEN", device.key)
            if answer.tampered:
                yield Finding("CABINET_TAMPERED", device.key)
        case CabinetLost():
            yield who_is_there(device, machine, None)
        case _:
            assert_never(answer)


def look_at_card_reader(device: DeviceSettings, _machine: Machine) -> Iterator[Finding]:
    """Whether the card service has the reader; which card lies there is nobody's business here."""
    with opened(build_card_reader(device)) as reader:
        answer = reader.wait(_CARD_SECONDS)
    if isinstance(answer, CardReaderLost):
        yield Finding("CARD_SERVICE_ABSENT", device.key, {"cause": answer.cause})
    else:
        yield Finding("CARD_READER_WELL", device.key)
