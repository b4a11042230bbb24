"""Alarms: each raised once, cleared once, by what a terminal tells and by its silence."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from central.audit.chain import first_broken
from central.fleet.heartbeats import Heard
from central.fleet.thresholds import SalesCount, Thresholds
from central.storage.tables import AuditRow
from shared.domain.canonical import instant_text
from shared.domain.sale import PaymentAnswered, SaleClosed
from shared.wire.fleet import Heartbeat, TerminalCondition
from tests.central.test_fleet import beat
from tests.central.world import MORNING, TEN, RunningCentral, Terminal, opened, ticket

LOW = {"name": "roll", "supply": "paper", "state": "low", "left": 30}


def listed(window: Terminal, *, cleared: bool = False) -> list[tuple[str, str, int]]:
    page = window.call("GET", f"/v1/alarms?cleared={str(cleared).lower()}").json()
    return [(each["kind"], each["subject"], each["times"]) for each in page["alarms"]]


def actions(central: RunningCentral) -> list[str]:
    rows = central.service.database.read(lambda s: s.query(AuditRow).order_by(AuditRow.number).all())
    return [row.action for row in rows]


def test_an_alarm_is_raised_once_cleared_once_and_counts_when_it_comes_back(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    for _ in range(3):
        beat(kiosk, levels=[LOW])
    assert listed(window) == [("paper", "roll", 1)]
    beat(kiosk)
    beat(kiosk)
    assert listed(window) == []
    assert listed(window, cleared=True) == [("paper", "roll", 1)]
    beat(kiosk, levels=[LOW])
    assert listed(window) == [("paper", "roll", 2)]
    assert actions(central) == ["alarm_raised", "alarm_cleared", "alarm_raised"]
    assert central.service.database.read(lambda s: first_broken(s, "hill")) is None


def test_silence_is_an_alarm_until_the_terminal_is_heard_again(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    beat(kiosk)
    now = central.clock.now()
    central.service.keep_house(now + timedelta(minutes=4))
    assert listed(window) == []
    central.service.keep_house(now + timedelta(minutes=6))
    central.service.keep_house(now + timedelta(minutes=7))
    assert listed(window) == [("offline", "", 1)]
    beat(kiosk)
    assert listed(window) == []


def test_cash_clock_response_and_a_printers_own_word(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    printer = {"name": "printer", "state": "degraded", "code": "paper_out"}
    condition = {
        "version": "1",
        "levels": [{"name": "box", "supply": "cash", "state": "full"}],
        "devices": {"at": instant_text(central.clock.now()), "devices": [printer]},
    }
    at = instant_text(central.clock.now() + timedelta(minutes=2))
    kiosk.call("POST", "/v1/heartbeat", {"at": at, "condition": condition, "response_ms": 2500})
    assert {kind: subject for kind, subject, _ in listed(window)} == {
        "cash": "box",
        "paper": "printer",
        "clock": "",
        "response": "",
    }


def test_a_sale_that_a_person_must_finish_counts_as_failed(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    lease = kiosk.lease(TEN, 5)
    paid = PaymentAnswered(1, "paid", "ref")
    kiosk.push(*kiosk.sale("s1", opened(TEN, 1), paid, ticket("s1", 0, lease, 1), SaleClosed("claim")))
    beat(kiosk)
    assert listed(window) == [("failed_sales", "", 1)]


@given(finished=st.integers(0, 5000), share=st.floats(0, 1))
def test_failed_sales_pass_above_one_in_a_hundred_and_not_at_it(finished: int, share: float) -> None:
    failed = int(finished * share)
    heard = Heard("t", MORNING, Heartbeat(at=instant_text(MORNING), condition=TerminalCondition(version="1")))
    passed = Thresholds().passed(heard, SalesCount(finished, failed), MORNING)
    assert (("failed_sales", "") in passed) == (failed / finished > 0.01 if finished else False)
