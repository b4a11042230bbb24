"""Whatever comes back over the line, the driver answers with a value."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.contracts.payment import Charge, Unknown
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.payment.wechat import WeChatPay

MakeCharge = Callable[..., Charge]

PAID = b'{"trade_state":"SUCCESS","out_trade_no":"order-000001"}'
GARBAGE = {
    "nothing": b"",
    "no HTTP": b"220 mail.example ESMTP\r\n",
    "half a status line": b"HTTP/1.1 2",
    "impossible status": b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
    "status that is no number": b"HTTP/1.1 abc OK\r\n\r\n",
    "headers without an end": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
    "header too long": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    "too many headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    "body cut off": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + PAID,
    "length that is no number": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + PAID,
    "length below zero": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + PAID,
    "chunks that are none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" + PAID,
    "chunks cut off": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n" + PAID[:10],
    "wrong content type": b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n\x89PNG",
    "not UTF-8": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\xff\xfe\x00",
    "says gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\nnot gzip",
    "a page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Please log in</html>",
    "unsigned success": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + PAID,
    "empty signature": b"HTTP/1.1 200 OK\r\nWechatpay-Signature: \r\nConnection: close\r\n\r\n" + PAID,
    "a signature that is none": b"HTTP/1.1 200 OK\r\nWechatpay-Signature: !!\r\nWechatpay-Serial: "
    b"PUB_KEY_ID_0119000001092026010100000000000001\r\nWechatpay-Signature-Type: WECHATPAY2-SHA256-RSA2048\r\n"
    b"Connection: close\r\n\r\n" + PAID,
    "unsigned nothing": b"HTTP/1.1 204 No Content\r\n\r\n",
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
    "redirect to nonsense": b"HTTP/1.1 301 Moved\r\nLocation: http://[::bad\xff\r\nContent-Length: 0\r\n\r\n",
    "huge": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b" " * 2_000_000,
    "error without a code": b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n[]",
    "error that is a page": b"HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n<html>",
    "informational for ever": b"HTTP/1.1 100 Continue\r\n\r\n" * 20,
}


def assert_all_unknown(wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge, raw: bytes) -> None:
    asked = charge()
    calls: tuple[Callable[[], object], ...] = (
        lambda: wechat.submit(asked),
        lambda: wechat.query(asked.order_no),
        lambda: wechat.reverse(asked.order_no),
        lambda: wechat.refund(asked.order_no, "refund-1", 1, 18000),
    )
    for call in calls:
        gateway.answer_next(raw)
        assert isinstance(call(), Unknown)


@pytest.mark.parametrize("raw", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_is_unknown(wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge, raw: bytes) -> None:
    assert_all_unknown(wechat, gateway, charge, raw)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.builds(
        lambda status, header, body: b"HTTP/1.1 %d X\r\n%s\r\n\r\n%s" % (status, header, body),
        st.integers(200, 299),
        st.binary(max_size=60),
        st.binary(max_size=60),
    )
)
def test_any_bytes_are_unknown(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge, raw: bytes
) -> None:
    gateway.answer_next(raw)
    assert isinstance(wechat.submit(charge()), Unknown)


def test_an_answer_that_trickles_in_meets_the_deadline(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    raw = b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 1000
    gateway.answer_next(raw, seconds_per_byte=0.05)
    began = time.monotonic()
    assert wechat.submit(charge()) == Unknown("answer too slow")
    assert time.monotonic() - began < 4


def test_an_answer_without_an_end_is_not_read_to_the_end(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    gateway.answer_next(GARBAGE["huge"])
    assert wechat.submit(charge()) == Unknown("answer too long")
