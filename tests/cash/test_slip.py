"""The slip for cash that the machine could not give back."""

from __future__ import annotations

import pytest

from drivers.contracts.printer import QrCode
from i18n.loader import load
from shared.domain import cash as ev
from shared.domain.cash_history import replay_cash
from shared.domain.cash_order import CashOrder
from shared.domain.money import Money
from shared.printing.cash_slip import CashSlips
from tests.cash.stand import CNY
from tests.printing.test_sale_sheets import CATALOG, StillClock
from tests.printing.test_text_sheets import rows, texts

SLIPS = CashSlips(CATALOG, load, "t-1", StillClock())


def money(minor: int) -> Money:
    return Money(minor, CNY)


def claimed(owed: int, doubtful: int) -> CashOrder:
    """A visitor put in 20 yuan for 10 and got one back, or lost a note, or both."""
    note = ev.CashHeard("notes", 1, 2, (ev.Pieces("acceptor:notes", money(2000), 1),))
    stuck = (
        ev.CashHeard("notes", 1, 3, escrow=money(doubtful)),
        ev.StackSubmitted("notes", money(doubtful)),
        ev.StackEnded("notes", "in_doubt"),
    )
    paid = (
        ev.DispenseSubmitted(1, ev.Pieces("hopper:h", money(100), 10), 0, 0),
        ev.DispenseAnswered(1, 10 - owed // 100),
    )
    return replay_cash(
        "O1",
        [
            ev.CashOpened("payment", money(1000)),
            note,
            *(stuck if doubtful else ()),
            ev.CashDecided("keep"),
            *paid,
            ev.CashClaimIssued("7KQ2-M9XA", money(owed), money(doubtful), "no_change"),
        ],
    )


def test_a_slip_says_what_came_back_and_what_a_window_pays() -> None:
    sheet = SLIPS.slip(claimed(900, 0))
    lines = rows(sheet)
    assert (lines["Given back"], lines["To be paid at a ticket window"]) == ("CN¥1.00", "CN¥9.00")
    assert "7KQ2-M9XA" in texts(sheet)
    assert [block.data for block in sheet if isinstance(block, QrCode)] == ["7KQ2-M9XA"]
    assert "Perhaps paid" not in lines
    assert any("售票窗口" in text for text in texts(sheet)), "any window reads it"


def test_a_note_in_doubt_is_named_apart() -> None:
    lines = rows(SLIPS.slip(claimed(900, 5000)))
    assert lines["Perhaps paid"] == "CN¥50.00"


def test_an_order_without_a_claim_has_none() -> None:
    order = replay_cash("O1", [ev.CashOpened("payment", money(1000))])
    with pytest.raises(ValueError, match="no slip"):
        SLIPS.slip(order)
