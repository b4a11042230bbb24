"""The refund receipt: what it says, in which language, and how it looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from drivers.contracts.printer import Block, Columns, Cut, Feed, QrCode, TextLine
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import find_typeface
from shared.domain.money import Money
from shared.domain.text import LANGUAGES
from shared.printing.refund_sheet import refund_sheet
from tests.printing.dots import picture
from tests.printing.golden_pictures import assert_golden
from tests.printing.samples import CNY, REFUND, UNPAID_REFUND
from tests.printing.test_text_sheets import rows, texts
from tests.printing.words import CHINESE, Words


def drawn(blocks: tuple[Block, ...]) -> Image.Image:
    """The sheet as the printer's own renderer sets it."""
    renderer = Renderer(load_profiles()["80mm"], find_typeface())
    parts = [picture(renderer.draw(block)) for block in blocks if not isinstance(block, (Cut, Feed))]
    sheet = Image.new("1", (576, sum(part.height for part in parts)), 1)
    top = 0
    for part in parts:
        sheet.paste(part, (0, top))
        top += part.height
    return sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refund_receipt_looks_as_it_is_meant_to(language: str) -> None:
    assert_golden(drawn(refund_sheet(REFUND, Words(language), CHINESE)), f"refund-{language}-576")


@pytest.mark.parametrize("language", ["en", "ru", "zh-Hans"])
def test_a_refund_receipt_with_a_claim(language: str) -> None:
    assert_golden(drawn(refund_sheet(UNPAID_REFUND, Words(language), CHINESE)), f"refund-claim-{language}-576")


def test_it_names_the_sale_the_tickets_the_fee_and_where_the_money_went() -> None:
    lines = rows(refund_sheet(REFUND, Words("en"), CHINESE))
    assert lines["Original sale"] == REFUND.sale_number
    assert lines[REFUND.tickets[0].serial] == "CN¥120.00"
    assert lines["Fee kept"] == "-CN¥12.00"
    assert lines["Given back"] == lines["Back to WeChat Pay"] == "CN¥168.00"


def test_what_is_left_to_pay_has_a_claim_code_that_window_and_visitor_can_read() -> None:
    sheet = refund_sheet(UNPAID_REFUND, Words("ko"), CHINESE)
    assert [block.data for block in sheet if isinstance(block, QrCode)] == [UNPAID_REFUND.claim]
    assert {"창구", "窗口"} <= {word for word in ("창구", "窗口") if any(word in text for text in texts(sheet))}
    english = rows(refund_sheet(UNPAID_REFUND, Words("en"), CHINESE))
    assert english["To WeChat Pay, not yet confirmed"] == "CN¥100.00"
    assert english["To be paid at a ticket window"] == "CN¥68.00"


def test_without_a_claim_there_is_no_code() -> None:
    assert not any(isinstance(block, QrCode) for block in refund_sheet(REFUND, Words("en"), CHINESE))


def test_an_exchange_says_what_the_tickets_paid_for() -> None:
    view = replace(REFUND, parts=(), credited=Money(16800, CNY), new_sale="S2")
    assert rows(refund_sheet(view, Words("en"), CHINESE))["Paid for sale S2"] == "CN¥168.00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_names_the_language_of_its_letters(language: str) -> None:
    sheet = refund_sheet(UNPAID_REFUND, Words(language), CHINESE)
    assert all(block.language for block in sheet if isinstance(block, (TextLine, Columns)))


def test_the_claim_code_is_in_no_repr() -> None:
    assert UNPAID_REFUND.claim not in repr(UNPAID_REFUND)
