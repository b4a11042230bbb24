"""Fields of Alipay's answers in any JSON: nothing raises, and only the asked order's own amount is paid."""

from __future__ import annotations

import json

from drivers.contracts.payment import Paid, Pending, Refunded
from drivers.payment.alipay_outcomes import (
    Order,
    payment_answer,
    query_answer,
    refund_answer,
    refund_query_answer,
    reverse_answer,
    shown_answer,
)

_ORDER = Order("S1", 6000)
_PAID = {
    "code": "10000",
    "out_trade_no": "S1",
    "trade_no": "2026112322001",
    "total_amount": "60.00",
    "trade_status": "TRADE_SUCCESS",
    "retry_flag": "N",
    "fund_change": "Y",
    "out_request_no": "R1",
    "refund_amount": "0.60",
}
_QR = {"code": "10000", "out_trade_no": "S1", "qr_code": "https://qr.alipay.com/made0up"}

SEEDS = tuple(
    json.dumps(fields).encode()
    for fields in (
        _PAID,
        _QR,
        _PAID | {"code": "10003"},
        _PAID | {"total_amount": "6000"},
        {"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST"},
        {"code": "20000", "sub_code": "isp.unknow-error"},
        {"code": 10000, "out_trade_no": ["S1"]},
    )
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(fields, dict):
        return
    for answer in (payment_answer(fields, _ORDER), query_answer(fields, _ORDER)):
        if isinstance(answer, Paid):
            assert (fields["out_trade_no"], answer.amount_minor) == ("S1", 6000), "another order's money"
    shown = shown_answer(fields, _ORDER, 60.0)
    assert not isinstance(shown, Pending) or shown.show is not None
    reverse_answer(fields, _ORDER)
    refund_answer(fields, _ORDER)
    refunded = refund_query_answer(fields, _ORDER, "R1", 60)
    assert not isinstance(refunded, Refunded) or fields["out_request_no"] == "R1", "another refund"
