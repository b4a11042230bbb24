"""Answers of the payment gateway in any bytes: nothing raises, and only the asked order's own success is paid."""

from __future__ import annotations

import json

from drivers.contracts.payment import Paid
from drivers.payment.wechat_outcomes import Answer, Order, payment_answer, query_answer, refund_answer, reverse_answer

_ORDER = Order("1900000001", "wx0000000000000001", "S1", 6000)
_PAID = {
    "mchid": _ORDER.mchid,
    "appid": _ORDER.appid,
    "out_trade_no": "S1",
    "transaction_id": "4200001",
    "trade_state": "SUCCESS",
    "amount": {"total": 6000, "currency": "CNY"},
}
_STATUSES = (200, 204, 400, 403, 404, 500)


def _seed(status: int, fields: object) -> bytes:
    return bytes([_STATUSES.index(status)]) + json.dumps(fields).encode()


SEEDS = (
    _seed(200, _PAID),
    _seed(200, _PAID | {"trade_state": "USERPAYING"}),
    _seed(403, {"code": "NOT_ENOUGH", "message": "余额不足"}),
    _seed(
        200, {"recall": "N", "out_refund_no": "R1", "refund_id": "5000", "status": "SUCCESS", "amount": {"refund": 60}}
    ),
    _seed(500, []),
)


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the fuzzer's name
    if not data:
        return
    answer = Answer(_STATUSES[data[0] % len(_STATUSES)], data[1:].decode("utf-8", "replace"))
    for outcome in (payment_answer(answer, _ORDER), query_answer(answer, _ORDER)):
        if isinstance(outcome, Paid):
            told = json.loads(answer.body)
            assert answer.status in {200, 204}
            assert (told["out_trade_no"], told["trade_state"], told["amount"]["total"]) == ("S1", "SUCCESS", 6000)
            assert (outcome.amount_minor, outcome.currency) == (6000, "CNY")
    reverse_answer(answer, _ORDER)
    refund_answer(answer, "R1", 60)
