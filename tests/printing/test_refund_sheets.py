"""What stands on the receipt of a refund, out of its history and the demonstration area's catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.contracts.printer import QrCode
from i18n.loader import load
from shared.domain import refund as ev
from shared.domain.money import Currency, Money
from shared.domain.refund_history import replay_refund
from shared.domain.refund_state import Refund
from shared.domain.sale import SaleOpened
from shared.domain.sale_state import Sale
from shared.printing.refund_sheets import RefundSheets
from tests.printing.test_sale_sheets import CATALOG, SLOT, StillClock
from tests.printing.test_text_sheets import rows, texts

CNY = Currency("CNY")
SALE = Sale("261123-TESTSALE", SaleOpened("en", "kiosk", str(SLOT), ("adult",), "entry", Money(6000, CNY), {}))
BACK = ev.TicketReturn("ab" * 16, "entry", Money(6000, CNY), Money(600, CNY), 1000)
PAYOUT = ev.Payout(1, "R1", "wechat", "O1", Money(5400, CNY), Money(6000, CNY))
OPENED = ev.RefundOpened("refund", (BACK,), (PAYOUT,), Money(0, CNY), "", "ann", "rain")
SENT = ev.PayoutSubmitted(1, "R1", Money(5400, CNY))
SHEETS = RefundSheets(CATALOG, load, "t-1", StillClock())


def refund(*events: ev.RefundEvent) -> Refund:
    return replay_refund("R-1", SALE.sale_id, events)


def test_a_refund_that_is_done() -> None:
    sheet = SHEETS.receipt(SALE, refund(OPENED, SENT, ev.PayoutAnswered(1, "refunded", "ref")))
    lines = rows(sheet)
    assert (lines["Original sale"], lines["Refund"]) == (SALE.sale_id, "R-1")
    assert lines["Given back"] == lines["Back to WeChat Pay"]
    assert "Mountain entry" in texts(sheet)
    assert any("09:12" in text for text in texts(sheet))


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (ev.PayoutAnswered(1, "unknown"), "To WeChat Pay, not yet confirmed"),
        (ev.PayoutAnswered(1, "declined"), "To be paid at a ticket window"),
    ],
)
def test_money_that_is_not_back_has_its_claim(answer: ev.PayoutAnswered, line: str) -> None:
    sheet = SHEETS.receipt(SALE, refund(OPENED, SENT, answer, ev.RefundClaimIssued("7KQ2-M9XB", "refund_unknown")))
    assert line in rows(sheet)
    assert [block.data for block in sheet if isinstance(block, QrCode)] == ["7KQ2-M9XB"]


def test_a_product_that_is_no_longer_sold_stands_under_its_id() -> None:
    gone = replace(OPENED, tickets=(replace(BACK, product_id="skywalk"),))
    assert "skywalk" in texts(SHEETS.receipt(SALE, refund(gone)))


def test_a_queued_refund_has_no_receipt() -> None:
    with pytest.raises(ValueError, match="without a grant"):
        SHEETS.receipt(SALE, refund(ev.RefundQueued("refund", ("ab" * 16,), "ann", "rain")))
