"""What the emulated Alipay does with a request: pay, precreate, query, cancel, refund, refund query."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from drivers.emulators.gateway_codes import Behaviour
from drivers.emulators.gateway_ledger import GatewayLedger, LedgerOrder

PAID, WAITING, CLOSED, UNSCANNED = "TRADE_SUCCESS", "WAIT_BUYER_PAY", "TRADE_CLOSED", "UNSCANNED"
_SHOWN = "https://qr.alipay.com/"  # followed by the order number; the real one is a key of the provider's
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?")
_QUERIES_UNTIL_CONFIRMED = 2

# Code, sub-code and the order's state afterwards; None: no order comes to be.
_REFUSALS: Mapping[Behaviour, tuple[str, str, str | None]] = {
    Behaviour.NOT_ENOUGH: ("40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH", CLOSED),
    Behaviour.EXPIRED: ("40004", "ACQ.PAYMENT_AUTH_CODE_INVALID", None),
    Behaviour.INVALID: ("40004", "ACQ.PAYMENT_AUTH_CODE_INVALID", None),
    Behaviour.USED: ("40004", "ACQ.PAYMENT_AUTH_CODE_INVALID", None),
    Behaviour.LIMIT: ("40004", "ACQ.BEYOND_PAY_RESTRICTION", CLOSED),
    Behaviour.SYSTEM_ERROR: ("40004", "ACQ.SYSTEM_ERROR", WAITING),
    Behaviour.SYSTEM_ERROR_PAID: ("20000", "isp.unknow-error", PAID),  # so spelt by the provider
}
_CONFIRMING = frozenset({Behaviour.CONFIRM, Behaviour.CONFIRM_SOON, Behaviour.CANCEL_SOON})


@dataclass(frozen=True, slots=True)
class AlipayReply:
    """The fields of an answer before they are signed and sent; `key` is the name they go under."""

    key: str
    fields: Mapping[str, object]
    behaviour: Behaviour = Behaviour.APPROVE


class AlipayApi:
    """The merchant's trades. `closes_unscanned`: whether a cancel ends a shown code that nobody has scanned."""

    def __init__(self, ledger: GatewayLedger, behaviour_for: Callable[[str], Behaviour]) -> None:
        self._ledger = ledger
        self._behaviour_for = behaviour_for
        self.closes_unscanned = True
        self._operations: Mapping[str, Callable[[Mapping[str, object]], AlipayReply | Mapping[str, object]]] = {
            "pay": self._pay,
            "precreate": self._precreate,
            "query": self._query,
            "cancel": self._cancel,
            "refund": self._refund,
            "fastpay.refund.query": self._refund_query,
        }

    def handle(self, form: Mapping[str, str]) -> AlipayReply:
        """The answer to a genuine request."""
        method = form.get("method", "")
        operation = self._operations.get(method.removeprefix("alipay.trade."))
        if operation is None:
            return AlipayReply("error_response", _failed("isv.invalid-method", "40002"))
        key = method.replace(".", "_") + "_response"
        answer = operation(content_of(form))
        return answer if isinstance(answer, AlipayReply) else AlipayReply(key, answer)

    def is_late(self, form: Mapping[str, str]) -> bool:
        """Whether this request is still under way when others that left after it have arrived."""
        return self._behaviour_for(str(content_of(form).get("auth_code", ""))) is Behaviour.LATE

    def confirm(self, order_no: str) -> bool:
        """The payer confirms on the telephone. False when nothing was waiting."""
        return self._ledger.move(order_no, PAID, only_from=(WAITING,))

    def scan(self, text: str, *, pays: bool) -> bool:
        """A payer scans a shown code. False when it is closed, scanned before or none of ours."""
        order_no = text.removeprefix(_SHOWN)
        return order_no != text and self._ledger.move(order_no, PAID if pays else WAITING, only_from=(UNSCANNED,))

    def _pay(self, content: Mapping[str, object]) -> AlipayReply | Mapping[str, object]:
        order_no, code, total = (str(content.get(k, "")) for k in ("out_trade_no", "auth_code", "total_amount"))
        whole = content.get("scene") == "bar_code" and bool(content.get("subject")) and bool(order_no)
        if not whole or not _AMOUNT.fullmatch(total) or not re.fullmatch(r"(2[5-9]|30)\d{14,22}", code):
            return _failed("ACQ.INVALID_PARAMETER")
        behaviour = self._behaviour_for(code)
        key = "alipay_trade_pay_response"
        if behaviour is Behaviour.REQUEST_LOST:
            return AlipayReply(key, {}, behaviour)
        known = self._ledger.find(order_no)
        if known:
            return _failed("ACQ.TRADE_HAS_SUCCESS" if known.state == PAID else "ACQ.CONTEXT_INCONSISTENT")
        return AlipayReply(key, self._begun(order_no, code, _minor(total), behaviour), behaviour)

    def _begun(self, order_no: str, code: str, total: int, behaviour: Behaviour) -> Mapping[str, object]:
        gateway_code, sub_code, state = _REFUSALS.get(behaviour, ("10000", "", PAID))
        if behaviour in _CONFIRMING:
            gateway_code, state = "10003", WAITING
        if state is not None and not self._ledger.add(order_no, total, state, code, behaviour.name):
            return _failed("ACQ.PAYMENT_AUTH_CODE_INVALID")
        return _failed(sub_code, gateway_code) if sub_code else self._trade(order_no, gateway_code)

    def _precreate(self, content: Mapping[str, object]) -> Mapping[str, object]:
        order_no, total = str(content.get("out_trade_no", "")), str(content.get("total_amount", ""))
        if not order_no or not _AMOUNT.fullmatch(total) or not content.get("subject"):
            return _failed("ACQ.INVALID_PARAMETER")
        if not self._ledger.add(order_no, _minor(total), UNSCANNED, order_no, Behaviour.APPROVE.name):
            return _failed("ACQ.CONTEXT_INCONSISTENT")
        return {"code": "10000", "msg": "Success", "out_trade_no": order_no, "qr_code": f"{_SHOWN}{order_no}"}

    def _query(self, content: Mapping[str, object]) -> Mapping[str, object]:
        order = self._known(content)
        if order is None or order.state == UNSCANNED:
            return _failed("ACQ.TRADE_NOT_EXIST")
        self._ledger.count_query(order.order_no)
        if order.queries + 1 >= _QUERIES_UNTIL_CONFIRMED:
            self._settle(order)
        return self._trade(order.order_no, "10000")

    def _settle(self, order: LedgerOrder) -> None:
        if order.behaviour == Behaviour.CONFIRM_SOON.name:
            self.confirm(order.order_no)
        elif order.behaviour == Behaviour.CANCEL_SOON.name:
            self._ledger.move(order.order_no, CLOSED, only_from=(WAITING,))

    def _cancel(self, content: Mapping[str, object]) -> Mapping[str, object]:
        order = self._known(content)
        if order is None or (order.state == UNSCANNED and not self.closes_unscanned):
            return _failed("ACQ.TRADE_NOT_EXIST")
        action = "refund" if order.state == PAID else "close"
        self._ledger.move(order.order_no, CLOSED, only_from=(PAID, WAITING, UNSCANNED))
        answer = {"code": "10000", "msg": "Success", "out_trade_no": order.order_no, "retry_flag": "N"}
        return {**answer, "action": action}

    def _refund(self, content: Mapping[str, object]) -> Mapping[str, object]:
        order, part = self._known(content), _minor(str(content.get("refund_amount", "0")))
        refund_no = str(content.get("out_request_no", ""))
        if order is None:
            return _failed("ACQ.TRADE_NOT_EXIST")
        booked = self._ledger.refund(refund_no)
        if booked and booked[:2] != (order.order_no, part):
            return _failed("ACQ.DISCORDANT_REPEAT_REQUEST")
        if not booked and order.state != PAID:
            return _failed("ACQ.TRADE_STATUS_ERROR")
        if not booked and not self._ledger.add_refund(refund_no, order.order_no, part):
            return _failed("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        trade = {"trade_no": order.transaction_id, "out_trade_no": order.order_no}
        return {"code": "10000", "msg": "Success", **trade, "fund_change": "N" if booked else "Y"}

    def _refund_query(self, content: Mapping[str, object]) -> Mapping[str, object]:
        order, refund_no = self._known(content), str(content.get("out_request_no", ""))
        booked = self._ledger.refund(refund_no)
        if order is None:
            return _failed("ACQ.TRADE_NOT_EXIST")
        answer: dict[str, object] = {"code": "10000", "msg": "Success"}
        if booked and booked[0] == order.order_no:
            answer |= {"out_trade_no": order.order_no, "trade_no": order.transaction_id, "out_request_no": refund_no}
            answer |= {"refund_amount": _yuan(booked[1]), "refund_status": "REFUND_SUCCESS"}
        return answer

    def _known(self, content: Mapping[str, object]) -> LedgerOrder | None:
        return self._ledger.find(str(content.get("out_trade_no", "")))

    def _trade(self, order_no: str, code: str) -> Mapping[str, object]:
        order = self._ledger.find(order_no)
        if order is None:
            return _failed("ACQ.TRADE_NOT_EXIST")
        trade = {"out_trade_no": order_no, "trade_no": order.transaction_id, "trade_status": order.state}
        return {"code": code, "msg": "Success", **trade, "total_amount": _yuan(order.total)}


def content_of(form: Mapping[str, str]) -> Mapping[str, object]:
    """The business content of a request; an empty one when it is none."""
    try:
        value = json.loads(form.get("biz_content", ""))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _failed(sub_code: str, code: str = "40004") -> Mapping[str, object]:
    return {"code": code, "msg": "Business Failed", "sub_code": sub_code, "sub_msg": "业务处理失败"}


def _minor(yuan: str) -> int:
    return int(Decimal(yuan) * 100) if _AMOUNT.fullmatch(yuan) else 0


def _yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
