"""Receipt and claim slip: what they say, in which language, and what they keep to themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from drivers.contracts.printer import Block, Columns, Cut, QrCode, TextLine
from shared.domain.text import LANGUAGES
from shared.printing.claim_sheet import claim_sheet
from shared.printing.receipt_sheet import receipt_sheet
from tests.printing.samples import CLAIM, HALF, PRODUCT, RECEIPT, SENIOR, SITE
from tests.printing.words import CHINESE, Words


def texts(blocks: Sequence[Block]) -> list[str]:
    """Every text, the two sides of a line after one another."""
    said: list[str] = []
    for block in blocks:
        match block:
            case TextLine():
                said.append(block.text)
            case Columns():
                said += [block.left, block.right]
            case _:
                pass
    return said


def rows(blocks: Sequence[Block]) -> dict[str, str]:
    return {block.left: block.right for block in blocks if isinstance(block, Columns)}


def test_a_receipt_adds_up_before_the_visitors_eyes() -> None:
    sheet = receipt_sheet(RECEIPT, Words("en"), CHINESE)
    lines = rows(sheet)
    assert lines["2 × CN¥120.00"] == "CN¥240.00"
    assert lines["1 × CN¥60.00"] == "CN¥60.00"
    assert lines["Total"] == lines["Paid with WeChat Pay"] == "CN¥300.00"
    assert lines["Half price from 60 years"] == "-CN¥60.00"
    assert sheet[-1] == Cut()


def test_a_receipt_masks_the_payment_number() -> None:
    said = texts(receipt_sheet(RECEIPT, Words("en"), CHINESE))
    assert "****901234" in said
    assert not any(RECEIPT.payments[0].reference in text for text in said)


def test_a_price_without_reductions_explains_none() -> None:
    said = texts(receipt_sheet(replace(RECEIPT, reductions=()), Words("en"), CHINESE))
    assert "Already included above" not in said


def test_a_payment_without_a_number_shows_none() -> None:
    cash = replace(RECEIPT, payments=(replace(RECEIPT.payments[0], method="cash", reference=""),))
    assert "Payment number" not in rows(receipt_sheet(cash, Words("en"), CHINESE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_is_in_the_visitors_language(language: str) -> None:
    sheet = receipt_sheet(RECEIPT, Words(language), CHINESE)
    said = texts(sheet)
    assert SITE.in_language(language) in said
    assert HALF.in_language(language) in said
    assert f"{PRODUCT.in_language(language)} – {SENIOR.in_language(language)}" in said
    chinese = [block for block in sheet if isinstance(block, TextLine) and block.language == "zh-Hans"]
    assert bool(chinese) == (language != "zh-Hant")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_names_the_language_of_its_letters(language: str) -> None:
    for sheet in (receipt_sheet(RECEIPT, Words(language), CHINESE), claim_sheet(CLAIM, Words(language), CHINESE)):
        assert all(block.language for block in sheet if isinstance(block, (TextLine, Columns)))


def test_a_date_holds_no_letter_that_the_typefaces_lack() -> None:
    assert not any("\u202f" in text for text in texts(receipt_sheet(RECEIPT, Words("ru"), CHINESE)))


def test_a_claim_slip_shows_its_code_large_and_as_qr() -> None:
    sheet = claim_sheet(CLAIM, Words("ko"), CHINESE)
    assert [block.data for block in sheet if isinstance(block, QrCode)] == [CLAIM.code]
    assert any(isinstance(b, TextLine) and b.text == CLAIM.code and b.size == 2 for b in sheet)


def test_a_claim_slip_tells_visitor_and_window_what_is_owed() -> None:
    said = texts(claim_sheet(CLAIM, Words("en"), CHINESE))
    assert "2 tickets not printed" in said
    assert "未出票 2 张" in said
    assert "Please take this slip to any ticket window." in said
    assert "请持此凭证到任一售票窗口。" in said


def test_a_claim_slip_does_not_call_paid_what_may_not_be() -> None:
    lines = rows(claim_sheet(replace(CLAIM, certain=False), Words("en"), CHINESE))
    assert lines["Perhaps paid"] == "CN¥300.00"
    assert "Paid" not in lines


def test_no_code_or_payment_number_is_in_a_views_repr() -> None:
    assert CLAIM.code not in repr(CLAIM)
    assert RECEIPT.payments[0].reference not in repr(RECEIPT)
