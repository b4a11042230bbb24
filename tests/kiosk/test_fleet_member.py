"""What a kiosk tells central about itself, within the wire's limits, and that it leaves no command waiting."""

from __future__ import annotations

from datetime import UTC, datetime

from drivers.contracts.device import DeviceReading
from kiosk.app.fleet import KioskMember
from shared.wire.fleet import TerminalCommand

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
READING = DeviceReading("printer", "degraded", "paper_low", "the roll ends", 3600, 1, 0, {"sheets": 12})


class StillClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


def test_before_and_after_the_devices_are_open() -> None:
    member = KioskMember(StillClock())
    before = member.condition()
    assert before.version
    assert before.devices is not None
    assert before.devices.devices == []
    member.watch(lambda: [READING])
    after = member.condition().devices
    assert after is not None
    assert [(device.name, device.state, device.code) for device in after.devices] == [
        ("printer", "degraded", "paper_low")
    ]


def test_a_command_is_answered_at_once() -> None:
    told: list[tuple[str, str]] = []
    command = TerminalCommand(command_id="0" * 16, kind="restart", given_at="2026-11-23T01:00:00.000000Z")
    KioskMember(StillClock()).obey(command, lambda state, remark: told.append((state, remark)))
    assert [state for state, _ in told] == ["refused"]
