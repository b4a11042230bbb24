"""Devices as they are told to central."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from drivers.contracts.device import DeviceReading
from shared.domain.canonical import instant_text
from shared.wire.health import MAX_COUNTERS, MAX_DEVICES, DeviceReport, DevicesReport

_LONGEST_TEXT = 200


def devices_report(readings: Iterable[DeviceReading], at: datetime) -> DevicesReport:
    """The report of all devices at `at` (UTC). What is beyond the wire's limits is left out."""
    return DevicesReport(at=instant_text(at), devices=[_report(reading) for reading in readings][:MAX_DEVICES])


def _report(reading: DeviceReading) -> DeviceReport:
    return DeviceReport(
        name=reading.name,
        state=reading.state,
        code=reading.code,
        text=reading.text[:_LONGEST_TEXT],
        seconds=reading.seconds,
        failures=reading.failures,
        timeouts=reading.timeouts,
        counters=dict(list(reading.counters.items())[:MAX_COUNTERS]),
    )
