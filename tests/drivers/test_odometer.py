"""What a device did in its whole life."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.device import DeviceReading
from drivers.health import Degraded, Healthy
from drivers.host import DeviceHost
from drivers.odometer import OdometerFile, Totals
from shared.sync.device_report import devices_report

_counts = st.integers(0, 10**9)
_totals = st.builds(
    Totals, st.floats(0, 1e6), _counts, _counts, _counts, st.dictionaries(st.sampled_from("abcd"), _counts)
)


class Counting:
    """A device whose counter goes up with every call."""

    def __init__(self) -> None:
        self.reads = 0

    def open(self) -> None: ...

    def close(self) -> None: ...

    def counters(self) -> Mapping[str, int]:
        return {"reads": self.reads}

    def read(self) -> None:
        self.reads += 1


def run_once(path: Path, reads: int) -> Totals:
    device = Counting()
    host = DeviceHost("scanner", device, Healthy, 0.05, time.monotonic, OdometerFile(path))
    host.start()
    for _ in range(reads):
        host.call(device.read, 1).result(1)
    assert host.stop()
    return host.lifetime()


def test_counts_go_on_over_restarts(tmp_path: Path) -> None:
    path = tmp_path / "odometer.json"
    assert run_once(path, 3).counters == {"reads": 3}
    assert run_once(path, 2).counters == {"reads": 5}
    assert OdometerFile(path).read("scanner").calls == 5
    assert OdometerFile(path).read("another") == Totals()


@given(_totals, _totals)
def test_sums_are_whole(one: Totals, other: Totals) -> None:
    both = one.plus(other)
    assert both.calls == one.calls + other.calls
    assert sum(both.counters.values()) == sum(one.counters.values()) + sum(other.counters.values())
    assert Totals().plus(one) == one


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"devices": {"a": {}}}',
        '{"devices": {"a": {"hours": -1, "calls": 0, "failures": 0, "timeouts": 0, "counters": {}}}}',
        '{"devices": 5}',
        "\x00\x01",
    ],
)
def test_a_broken_file_is_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odometer.json"
    path.write_text(text)
    odometer = OdometerFile(path)
    assert odometer.read("scanner") == Totals()
    assert (tmp_path / "odometer.broken").read_text() == text
    odometer.write("scanner", Totals(1.5, counters={"reads": 2}))
    assert json.loads(path.read_text())["devices"]["scanner"]["counters"] == {"reads": 2}


def test_a_disk_that_takes_nothing_stops_no_device(tmp_path: Path) -> None:
    odometer = OdometerFile(tmp_path / "missing" / "odometer.json")
    odometer.write("scanner", Totals(calls=1))
    assert odometer.read("scanner").calls == 1


def test_a_reading_goes_to_central_in_the_wires_form() -> None:
    device = Counting()
    host = DeviceHost("scanner", device, lambda: Degraded("paper_low", "x" * 500), 0.01, time.monotonic)
    host.start()
    deadline = time.monotonic() + 5
    while host.reading().state != "degraded":
        assert time.monotonic() < deadline
    assert host.stop()
    many = [host.reading()] * 50
    report = devices_report(many, datetime(2026, 5, 1, tzinfo=UTC))
    assert len(report.devices) == 32
    assert (report.devices[0].code, len(report.devices[0].text)) == ("paper_low", 200)
    lost = DeviceReading("printer", "lost", "lost", "gone", 1, 2, 3, {"sheets": 4})
    assert devices_report([lost], datetime(2026, 5, 1, tzinfo=UTC)).devices[0].counters == {"sheets": 4}
