"""What the emulated gateway does with a request: codepay, native, query, close, reverse, refund."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from drivers.emulators.gateway_codes import Behaviour
from drivers.emulators.gateway_ledger import GatewayLedger, LedgerOrder

_ORDER_PATH = re.compile(r"/v3/pay/transactions/out-trade-no/([0-9A-Za-z_*-]{6,32})(/reverse|/close)?")
_ORDER_NO = re.compile(r"[0-9A-Za-z_*-]{6,32}")

# HTTP status, error code, message and the order's state afterwards.
_REFUSALS: Mapping[Behaviour, tuple[int, str, str, str]] = {
    Behaviour.NOT_ENOUGH: (403, "NOT_ENOUGH", "余额不足", "PAYERROR"),
    Behaviour.EXPIRED: (400, "AUTH_CODE_EXPIRED", "付款码已过期，请刷新后再试", "PAYERROR"),
    Behaviour.INVALID: (400, "AUTH_CODE_INVALID", "请扫描微信支付的付款码", "PAYERROR"),
    Behaviour.USED: (400, "AUTH_CODE_ERROR", "每个二维码仅限使用一次，请刷新再试", "PAYERROR"),
    Behaviour.LIMIT: (403, "RULE_LIMIT", "业务规则限制", "PAYERROR"),
    Behaviour.SYSTEM_ERROR: (500, "SYSTEM_ERROR", "系统繁忙，请稍后重试", "NOTPAY"),
    Behaviour.SYSTEM_ERROR_PAID: (500, "SYSTEM_ERROR", "系统繁忙，请稍后重试", "SUCCESS"),
}
_CONFIRMING = frozenset({Behaviour.CONFIRM, Behaviour.CONFIRM_SOON, Behaviour.CANCEL_SOON})
_QUERIES_UNTIL_CONFIRMED = 2
_SHOWN = "weixin://wxpay/bizpayurl?pr="  # followed by the order number; the real one is a key of the provider's


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is signed and sent; `behaviour` says what may go wrong on its way."""

    status: int
    body: Mapping[str, object]
    behaviour: Behaviour = Behaviour.APPROVE


class GatewayApi:
    """The merchant's orders. Knows no HTTP: what comes in is checked by its signature already."""

    def __init__(
        self, ledger: GatewayLedger, mchid: str, appid: str, behaviour_for: Callable[[str], Behaviour]
    ) -> None:
        self._ledger = ledger
        self._identity = {"appid": appid, "mchid": mchid}
        self._behaviour_for = behaviour_for
        self.expires: dict[str, str] = {}  # shown orders: until when, as the merchant said it

    def handle(self, method: str, target: str, body: Mapping[str, Any]) -> Reply:
        """The answer to a request. Never raises for what a merchant may send."""
        url = urlsplit(target)
        order_path = _ORDER_PATH.fullmatch(url.path)
        if method == "POST" and url.path == "/v3/pay/transactions/codepay":
            return self._pay(body)
        if method == "POST" and url.path == "/v3/refund/domestic/refunds":
            return self._refund(body)
        if method == "POST" and url.path == "/v3/pay/transactions/native":
            return self._show(body)
        if order_path and method == "POST" and order_path[2]:
            undo = self._close if order_path[2] == "/close" else self._reverse
            return undo(order_path[1], body)
        if order_path and method == "GET" and not order_path[2]:
            return self._query(order_path[1], parse_qs(url.query))
        return _error(404, "NOT_FOUND", "请求的资源不存在")

    def is_late(self, body: Mapping[str, Any]) -> bool:
        """Whether this request is still under way when others that left after it have arrived."""
        return self._behaviour_for(str(_object(body.get("payer")).get("auth_code", ""))) is Behaviour.LATE

    def confirm(self, order_no: str) -> bool:
        """The payer confirms on the telephone. False when nothing was waiting."""
        return self._ledger.move(order_no, "SUCCESS", only_from=("USERPAYING",))

    def scan(self, text: str) -> bool:
        """A payer scans a shown code and pays. False when there is nothing to pay by it."""
        return text.startswith(_SHOWN) and self._ledger.move(text[len(_SHOWN) :], "SUCCESS", only_from=("NOTPAY",))

    def _show(self, body: Mapping[str, Any]) -> Reply:
        checks = {**self._usual_checks(body), "notify_url": str(body.get("notify_url", "")).startswith("https://")}
        fault = next((name for name, right in checks.items() if not right), "")
        if fault:
            return _error(400, "PARAM_ERROR", fault)
        order_no = body["out_trade_no"]
        self.expires[order_no] = str(body.get("time_expire", ""))
        if not self._ledger.add(order_no, body["amount"]["total"], "NOTPAY", order_no, Behaviour.APPROVE.name):
            return _error(400, "OUT_TRADE_NO_USED", "商户订单号重复")
        return Reply(200, {"code_url": f"{_SHOWN}{order_no}"})

    def _close(self, order_no: str, body: Mapping[str, Any]) -> Reply:
        order = self._ledger.find(order_no)
        if body.get("mchid") != self._identity["mchid"]:
            return _error(400, "PARAM_ERROR", "mchid")
        if not order:
            return _error(404, "ORDER_NOT_EXIST", "订单不存在")
        if order.state == "SUCCESS":
            return _error(400, "ORDER_PAID", "该订单已支付")
        self._ledger.move(order_no, "CLOSED", only_from=("NOTPAY", "USERPAYING"))
        return Reply(204, {})

    def _pay(self, body: Mapping[str, Any]) -> Reply:
        fault = self._payment_fault(body)
        if fault:
            return _error(400, "PARAM_ERROR", fault)
        order_no, code, total = body["out_trade_no"], body["payer"]["auth_code"], body["amount"]["total"]
        behaviour = self._behaviour_for(code)
        if behaviour is Behaviour.REQUEST_LOST:
            return Reply(200, {}, behaviour)
        known = self._ledger.find(order_no)
        if known:
            return _error(400, "ORDER_PAID" if known.state == "SUCCESS" else "OUT_TRADE_NO_USED", "商户订单号重复")
        state = _REFUSALS[behaviour][3] if behaviour in _REFUSALS else "SUCCESS"
        if not self._ledger.add(
            order_no, total, "USERPAYING" if behaviour in _CONFIRMING else state, code, behaviour.name
        ):
            return _error(*_REFUSALS[Behaviour.USED][:3])
        if behaviour in _REFUSALS:
            return _error(*_REFUSALS[behaviour][:3])
        return Reply(200, self._trade(order_no), behaviour)

    def _payment_fault(self, body: Mapping[str, Any]) -> str:
        """What is wrong with a codepay request; empty when nothing is."""
        payer, scene = _object(body.get("payer")), _object(body.get("scene_info"))
        store = _object(scene.get("store_info"))
        checks = {
            **self._usual_checks(body),
            "auth_code": re.fullmatch(r"1[0-5]\d{16}", str(payer.get("auth_code", ""))) is not None,
            "scene_info": bool(store.get("id") or store.get("out_id")),
        }
        return next((name for name, right in checks.items() if not right), "")

    def _usual_checks(self, body: Mapping[str, Any]) -> dict[str, bool]:
        amount = _object(body.get("amount"))
        total, currency = amount.get("total"), amount.get("currency", "CNY")
        return {
            "appid": all(body.get(name) == value for name, value in self._identity.items()),
            "out_trade_no": _ORDER_NO.fullmatch(str(body.get("out_trade_no", ""))) is not None,
            "description": 0 < len(str(body.get("description", ""))) <= 127,
            "amount": type(total) is int and total > 0 and currency == "CNY",
        }

    def _query(self, order_no: str, query: Mapping[str, list[str]]) -> Reply:
        order = self._ledger.find(order_no)
        if query.get("mchid") != [self._identity["mchid"]]:
            return _error(400, "PARAM_ERROR", "mchid")
        if not order:
            return _error(404, "ORDER_NOT_EXIST", "订单不存在")
        self._ledger.count_query(order_no)
        if order.queries + 1 >= _QUERIES_UNTIL_CONFIRMED:
            self._settle(order)
        return Reply(200, self._trade(order_no))

    def _settle(self, order: LedgerOrder) -> None:
        if order.behaviour == Behaviour.CONFIRM_SOON.name:
            self.confirm(order.order_no)
        elif order.behaviour == Behaviour.CANCEL_SOON.name:
            self._ledger.move(order.order_no, "PAYERROR", only_from=("USERPAYING",))

    def _reverse(self, order_no: str, body: Mapping[str, Any]) -> Reply:
        if any(body.get(name) != value for name, value in self._identity.items()):
            return _error(400, "PARAM_ERROR", "mchid")
        order = self._ledger.find(order_no)
        if not order:
            return _error(404, "ORDER_NOT_EXIST", "订单不存在")
        if order.state == "REFUND":
            return _error(400, "INVALID_REQUEST", "订单已转入退款")
        self._ledger.move(order_no, "REVOKED", only_from=("SUCCESS", "USERPAYING", "NOTPAY", "PAYERROR"))
        return Reply(200, {**self._identity, "out_trade_no": order_no})

    def _refund(self, body: Mapping[str, Any]) -> Reply:
        refund_no, order_no = str(body.get("out_refund_no", "")), str(body.get("out_trade_no", ""))
        amount = _object(body.get("amount"))
        order, part = self._ledger.find(order_no), amount.get("refund")
        if not refund_no or type(part) is not int or part <= 0:
            return _error(400, "PARAM_ERROR", "out_refund_no")
        if not order:
            return _error(404, "RESOURCE_NOT_EXISTS", "订单不存在")
        if order.state not in ("SUCCESS", "REFUND") or amount.get("total") != order.total:
            return _error(400, "INVALID_REQUEST", "订单金额或状态不符")
        if self._ledger.add_refund(refund_no, order_no, part):
            self._ledger.move(order_no, "REFUND", only_from=("SUCCESS",))
        booked = self._ledger.refund(refund_no)
        if not booked or booked[:2] != (order_no, part):
            return _error(400, "INVALID_REQUEST", "退款金额超过订单金额，或退款单号重复")
        return Reply(200, _refund_body(refund_no, order, booked))

    def _trade(self, order_no: str) -> dict[str, object]:
        """An order as the gateway tells it: the state alone while the payer confirms."""
        order = self._ledger.find(order_no)
        if not order or order.state == "USERPAYING":
            return {"trade_state": "USERPAYING"}
        trade: dict[str, object] = {**self._identity, "out_trade_no": order_no, "trade_state": order.state}
        if order.state in ("SUCCESS", "REFUND"):
            trade["transaction_id"] = order.transaction_id
            trade["trade_type"] = "MICROPAY"
            trade["amount"] = {"total": order.total, "payer_total": order.total, "currency": "CNY"}
        return trade


def _refund_body(refund_no: str, order: LedgerOrder, booked: tuple[str, int, str]) -> dict[str, object]:
    return {
        "refund_id": booked[2],
        "out_refund_no": refund_no,
        "transaction_id": order.transaction_id,
        "out_trade_no": order.order_no,
        "status": "PROCESSING",
        "amount": {"total": order.total, "refund": booked[1], "currency": "CNY"},
    }


def _error(status: int, code: str, message: str) -> Reply:
    return Reply(status, {"code": code, "message": message})


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
