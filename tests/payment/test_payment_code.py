from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.wechat_gateway import Behaviour, make_code
from shared.domain.payment_code import NotAPaymentCode, OtherCode, PaymentCode, Wallet, classify


@pytest.mark.parametrize(
    ("data", "wallet"),
    [
        (b"101234567890123456", Wallet.WECHAT),
        (b"159999999999999999", Wallet.WECHAT),
        (b"2512345678901234", Wallet.ALIPAY),
        (b"301234567890123456789012", Wallet.ALIPAY),
        (b"6212345678901234567", Wallet.UNIONPAY),
        (b" 131234567890123456\r\n", Wallet.WECHAT),
    ],
)
def test_a_payment_code_names_its_wallet(data: bytes, wallet: Wallet) -> None:
    assert classify(data) == PaymentCode(wallet, data.strip().decode())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", OtherCode.EMPTY),
        (b" \r\n", OtherCode.EMPTY),
        (b"13123456789012345", OtherCode.INCOMPLETE),  # a WeChat code with a digit missing
        (b"1312345678901234567", OtherCode.INCOMPLETE),
        (b"62123456789012345678", OtherCode.INCOMPLETE),
        (b"6901234567892", OtherCode.NUMBER),  # EAN-13
        (b"991234567890123456", OtherCode.NUMBER),
        (b"https://example.org/a?b=1", OtherCode.LINK),
        (b"wxp://f2f0abcdefghijk", OtherCode.LINK),  # a code for paying somebody else
        (b"weixin://dl/scan", OtherCode.LINK),
        ((b"W50" + b"A" * 165), OtherCode.TICKET),
        ("门票".encode(), OtherCode.TEXT),
        (b"hello", OtherCode.TEXT),
        (b"\xff\xfe13", OtherCode.GARBLED),
        (b"13123\x00456789012345", OtherCode.GARBLED),
        ("１３１２３４５６７８９０１２３４５６".encode(), OtherCode.TEXT),  # full-width digits are no code
    ],
)
def test_anything_else_says_what_it_is(data: bytes, kind: OtherCode) -> None:
    assert classify(data) == NotAPaymentCode(kind)


@given(st.binary(max_size=300))
def test_any_bytes_are_classified(data: bytes) -> None:
    assert isinstance(classify(data), (PaymentCode, NotAPaymentCode))


@given(st.from_regex(r"[0-9]{10,30}", fullmatch=True).filter(str.isascii))
def test_a_number_is_a_code_only_with_the_prefix_and_length_of_a_wallet(digits: str) -> None:
    prefix, length = int(digits[:2]), len(digits)
    expected = {
        Wallet.WECHAT: 10 <= prefix <= 15 and length == 18,
        Wallet.ALIPAY: 25 <= prefix <= 30 and 16 <= length <= 24,
        Wallet.UNIONPAY: prefix == 62 and length == 19,
    }
    result = classify(digits.encode())
    wallets = {result.wallet} if isinstance(result, PaymentCode) else set()
    assert wallets == {wallet for wallet, fits in expected.items() if fits}


def test_the_digits_are_in_no_repr() -> None:
    code = classify(b"131234567890123456")
    assert "131234567890123456" not in f"{code!r} {code}"


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_the_emulated_payer_shows_codes_of_the_real_form(behaviour: Behaviour) -> None:
    code = classify(make_code(behaviour).encode())
    assert isinstance(code, PaymentCode)
    assert code.wallet is Wallet.WECHAT
