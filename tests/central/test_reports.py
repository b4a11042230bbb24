"""Reports over journals that terminals pushed: every key adds up to the same money."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from central.reports.table import as_csv
from shared.domain.money import Money
from shared.domain.sale import PaymentAnswered, PaymentCreated, SaleClosed, SaleEvent
from shared.wire.problem import Problem
from shared.wire.report import SalesLine
from tests.central.world import CNY, ELEVEN, TEN, RunningCentral, Terminal, opened, problem, ticket

DAYS = "first=2026-11-23&last=2026-11-23"


def created(attempt: int, method: str, minor: int) -> PaymentCreated:
    return PaymentCreated(attempt, method, f"order-{attempt}", Money(minor, CNY))


def sold(central: RunningCentral) -> tuple[Terminal, Terminal]:
    """A kiosk sold two tickets split over two methods, a window one for eleven; one sale was never paid."""
    kiosk, window = Terminal(central).enrol(), Terminal(central).enrol(mode="window")
    ten, eleven = kiosk.lease(TEN, 5), window.lease(ELEVEN, 5)
    split: list[SaleEvent] = [created(1, "cash", 5000), PaymentAnswered(1, "paid"), created(2, "alipay", 7000)]
    tickets = [ticket("s1", n, ten, n + 1) for n in range(2)]
    kiosk.push(
        *kiosk.sale("s1", opened(TEN, 2), *split, PaymentAnswered(2, "paid"), *tickets, SaleClosed("done")),
        *kiosk.sale("s2", opened(TEN, 1), SaleClosed("released")),
    )
    paid: list[SaleEvent] = [created(1, "cash", 6000), PaymentAnswered(1, "paid")]
    window.push(*window.sale("s3", opened(ELEVEN, 1), *paid, ticket("s3", 0, eleven, 1), SaleClosed("done")))
    return kiosk, window


def lines(window: Terminal, by: str, days: str = DAYS) -> dict[str, tuple[int, int, int]]:
    report: dict[str, Any] = window.call("GET", f"/v1/reports/sales?by={by}&{days}").json()
    return {line["value"]: (line["sales"], line["tickets"], line["total_minor"]) for line in report["lines"]}


def test_sales_by_every_key_add_up_to_the_same_money(central: RunningCentral) -> None:
    kiosk, window = sold(central)
    assert lines(window, "slot") == {str(TEN): (1, 2, 12000), str(ELEVEN): (1, 1, 6000)}
    assert lines(window, "terminal") == {kiosk.terminal_id: (1, 2, 12000), window.terminal_id: (1, 1, 6000)}
    assert lines(window, "method") == {"cash": (2, 3, 11000), "alipay": (1, 2, 7000)}
    assert lines(window, "day") == {"2026-11-23": (2, 3, 18000)}
    assert lines(window, "product") == {"entry": (2, 3, 18000)}
    assert lines(window, "channel") == {"kiosk": (2, 3, 18000)}


def test_a_day_is_the_sites_day(central: RunningCentral) -> None:
    central.clock.shift = timedelta(minutes=-90)  # half past seven at the site, still the day before in UTC
    _, window = sold(central)
    assert lines(window, "day", "first=2026-11-22&last=2026-11-22") == {}
    assert lines(window, "day") == {"2026-11-23": (2, 3, 18000)}


def test_entries_stand_against_capacity(central: RunningCentral) -> None:
    _, window = sold(central)
    report = window.call("GET", f"/v1/reports/entries?{DAYS}").json()
    found = {line["slot"]: (line["capacity"], line["tickets"], line["entries"]) for line in report["lines"]}
    assert found[str(TEN)] == (40, 2, 0)
    assert found[str(ELEVEN)] == (40, 1, 0)


def test_a_table_says_what_the_report_says(central: RunningCentral) -> None:
    _, window = sold(central)
    answer = window.call("GET", f"/v1/reports/sales.csv?by=method&{DAYS}")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["value"], row["total_minor"]) for row in rows] == [("alipay", "7000"), ("cash", "11000")]
    assert window.call("GET", f"/v1/reports/entries.csv?{DAYS}").text.startswith("slot,capacity,tickets,entries\r\n")


@pytest.mark.parametrize("text", ["=HYPERLINK()", "+1", "-1", "@x"])
def test_a_table_starts_no_formula(text: str) -> None:
    assert as_csv(SalesLine, [SalesLine(value=text, sales=1, tickets=1, total_minor=-5)]).splitlines()[1] == (
        f"'{text},1,1,-5"
    )


@pytest.mark.parametrize("days", ["first=2026-11-24&last=2026-11-23", "first=0001-01-01&last=0001-01-02", "first=x"])
def test_days_that_are_none_are_refused(terminal: Terminal, days: str) -> None:
    window = Terminal(terminal.central).enrol(mode="window")
    assert problem(window.call("GET", f"/v1/reports/sales?by=day&{days}")) == Problem.INVALID.number
    assert problem(terminal.call("GET", f"/v1/reports/sales?by=day&{DAYS}")) == Problem.NOT_A_WINDOW.number
