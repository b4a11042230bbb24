"""Shifts and cash as journals tell them."""

from __future__ import annotations

from sqlalchemy import select

from central.storage.tables import ShiftRow
from shared.domain.money import Money
from shared.domain.sale import PaymentAnswered
from shared.domain.shift.codec import SHIFT
from shared.domain.shift.events import Denomination, ShiftClosed, ShiftCorrected, ShiftEvent, ShiftOpened
from tests.central.world import CNY, TEN, Terminal, opened


def cny(minor: int) -> Money:
    return Money(minor, CNY)


OPENED = ShiftOpened(1, "till", "2026-11-23", "ann", "CNY", (Denomination(cny(10000), 5),))
CLOSED = ShiftClosed(cny(62000), cny(61500), cny(-500), 7, "", "ann")
CORRECTED = ShiftCorrected((), cny(62000), cny(0), 8, "", "a note was stuck", "bob")


def push(terminal: Terminal, *events: ShiftEvent) -> list[str]:
    written = [terminal.write(kind, {"shift": 1, **body}) for kind, body in map(SHIFT.encode, events)]
    return [result["remark"] for result in terminal.push(*written).json()["results"] if result["remark"]]


def shifts(terminal: Terminal) -> list[ShiftRow]:
    return terminal.central.service.database.read(lambda s: list(s.scalars(select(ShiftRow))))


def test_a_shift_is_known_from_float_to_z(terminal: Terminal) -> None:
    assert push(terminal, OPENED) == []
    assert [(row.float_minor, row.z_number, row.counted_minor) for row in shifts(terminal)] == [(50000, 0, None)]
    assert push(terminal, CLOSED, CORRECTED) == []
    row = shifts(terminal)[0]
    assert (row.expected_minor, row.counted_minor, row.z_number, row.closed_by) == (62000, 62000, 8, "ann")


def test_sales_that_arrive_after_their_shift_was_closed_are_taken(terminal: Terminal) -> None:
    push(terminal, OPENED, CLOSED)
    late = terminal.push(*terminal.sale("s1", opened(TEN, 1), PaymentAnswered(1, "paid", "r")))
    assert {result["outcome"] for result in late.json()["results"]} == {"stored"}


def test_what_contradicts_is_flagged(terminal: Terminal) -> None:
    assert push(terminal, CLOSED, OPENED, OPENED) == ["unknown_shift", "shift_opened_twice"]


def test_a_cash_discrepancy_comes_to_a_person(terminal: Terminal) -> None:
    body = {"device": "hopper", "kind": "short", "expected": 5, "found": 4}
    answer = terminal.push(terminal.write("cash.discrepancy", body)).json()
    assert [result["remark"] for result in answer["results"]] == ["cash_discrepancy"]
