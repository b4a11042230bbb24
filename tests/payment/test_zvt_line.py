"""The line to the card terminal: whatever it carries, and wherever it is cut, both sides agree about the money."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.contracts.payment import (
    Charge,
    Declined,
    DeclineReason,
    Paid,
    Unknown,
)
from drivers.emulators.zvt_terminal import CardBehaviour, ZvtTerminalEmulator
from drivers.payment.zvt.administration import TerminalSilent
from tests.payment.conftest import open_card
from tests.payment.cutting_line import CuttingLine

CHARGE = Charge("order-000001", 18000, "CNY", "ticket")


def test_a_terminal_that_is_not_there_takes_no_money(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    card = open_card(terminal, tmp_path, address="tcp://127.0.0.1:1")
    answer = card.submit(CHARGE)
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.OTHER
    assert isinstance(card.administration.status(), TerminalSilent)


GARBAGE = {
    "nothing in time": b"",
    "HTTP": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "half a message": b"\x04\x0f\x40\x27\x00",
    "a message without an end": b"\x04\x0f\xff\xff\xff" + bytes(100),
    "a refusal": b"\x84\x83\x00",
    "an answer to something else": b"\x06\x0f\x00",
    "a status nobody asked for": b"\x04\x0f\x02\x27\x00",
    "an acknowledgement and noise": b"\x80\x00\x00" + b"\xaa" * 50,
    "an acknowledgement and an abort without a code": b"\x80\x00\x00\x06\x1e\x00",
    "a completion without a status": b"\x80\x00\x00\x06\x0f\x00",
    "a status that is cut": b"\x80\x00\x00\x04\x0f\x05\x27\x00\x04\x00\x00\x06\x0f\x00",
    "another amount": b"\x80\x00\x00\x04\x0f\x09\x27\x00\x04\x00\x00\x00\x00\x00\x01\x06\x0f\x00",
    "a bad result and a good end": b"\x80\x00\x00\x04\x0f\x02\x27\x05\x06\x0f\x00",
}


@pytest.mark.parametrize("commands_before", [0, 1, 2])
@pytest.mark.parametrize("name", sorted(GARBAGE))
def test_whatever_a_terminal_says_instead_is_no_payment(
    terminal: ZvtTerminalEmulator, tmp_path: Path, name: str, commands_before: int
) -> None:
    card = open_card(terminal, tmp_path, silence_seconds=0.3, acknowledge_seconds=0.3)
    for _ in range(commands_before):
        terminal.serve_next()
    terminal.answer_next(GARBAGE[name])
    answer = card.submit(CHARGE)
    assert isinstance(answer, Declined | Unknown)
    assert terminal.taken_minor == 0
    if commands_before < 2:  # the money was not asked for yet
        assert isinstance(answer, Declined)
        assert 0x0601 not in terminal.commands


def test_a_line_cut_at_any_byte_loses_no_money_and_finds_none(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    with CuttingLine(terminal.address, None) as line:
        whole = open_card(terminal, tmp_path / "whole", address=line.address).submit(CHARGE)
        total = line.carried
    assert isinstance(whole, Paid)
    for number, cut in enumerate(range(1, total, 9)):
        before, folder = terminal.taken_minor, tmp_path / str(cut)
        charge = Charge(f"order-{number:06}", 18000, "CNY", "ticket")
        with CuttingLine(terminal.address, cut) as line:
            answer = open_card(terminal, folder, address=line.address).submit(charge)
        settled = open_card(terminal, folder).query(charge.order_no)
        booked = terminal.taken_minor - before
        assert isinstance(settled, Paid) == (booked == 18000), cut
        assert not isinstance(answer, Paid) or booked == 18000, cut
        assert not isinstance(answer, Declined) or booked == 0, cut


def test_bytes_that_come_one_by_one_are_the_same_payment(terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    with CuttingLine(terminal.address, None, one_by_one=True) as line:
        card = open_card(terminal, tmp_path, address=line.address, silence_seconds=5.0)
        assert isinstance(card.submit(CHARGE), Paid)


def test_a_frame_that_is_not_acknowledged_is_sent_again(serial_terminal: ZvtTerminalEmulator, tmp_path: Path) -> None:
    serial_terminal.go_deaf(2)
    assert isinstance(open_card(serial_terminal, tmp_path).submit(CHARGE), Paid)
    assert serial_terminal.taken_minor == 18000


def test_a_payment_over_the_serial_line_is_settled_as_well(
    serial_terminal: ZvtTerminalEmulator, tmp_path: Path
) -> None:
    card = open_card(serial_terminal, tmp_path, silence_seconds=0.4)
    serial_terminal.expect(CardBehaviour.ANSWER_LOST)
    assert isinstance(card.submit(CHARGE), Unknown)
    assert isinstance(card.query(CHARGE.order_no), Paid)
