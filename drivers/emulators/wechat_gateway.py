"""The WeChat Pay gateway, emulated: HTTPS on this machine with real signatures both ways, and faults on request."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from drivers.emulators.gateway import EmulatedGateway
from drivers.emulators.gateway_codes import Behaviour, make_code
from drivers.emulators.gateway_http import Request, encode, http_answer
from drivers.emulators.wechat_gateway_api import GatewayApi, Reply
from drivers.emulators.wechat_gateway_signing import answer_headers, request_is_genuine

__all__ = ["Behaviour", "WeChatGatewayEmulator", "make_code"]

_MCHID = "1900000109"
_APPID = "wx8888888888888888"
_CERT_SERIAL = "444F4864EA9B34415D2E2A1C8A7B0C3D5E6F7081"
_PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026010100000000000001"
_OTHER_AMOUNT = 99_999_999


class WeChatGatewayEmulator(EmulatedGateway[Reply]):
    """One merchant's WeChat Pay: payment codes (`make_code`) and codes shown on a screen (`scan`)."""

    name = "wechat-gateway"

    def __init__(self, folder: Path, *, port: int = 0, slow_seconds: float = 30.0) -> None:
        super().__init__(folder, port, slow_seconds)
        self._api = GatewayApi(self._ledger, _MCHID, _APPID, self._behaviour_for)

    @property
    def taken_minor(self) -> int:
        """What the merchant holds, in fen: paid and neither reversed nor refunded."""
        held = (order for order in self._ledger.orders() if order.state in ("SUCCESS", "REFUND"))
        return sum(order.total - order.refunded for order in held)

    def settings(self) -> dict[str, str]:
        """The configuration of a merchant of this gateway, key by key."""
        return {
            "mchid": _MCHID,
            "appid": _APPID,
            "private_key_file": str(self._keys.merchant_file),
            "cert_serial": _CERT_SERIAL,
            "apiv3_key": "e" * 32,  # used for callbacks alone, and this gateway sends none
            "public_key_file": str(self._keys.platform_public_file),
            "public_key_id": _PUBLIC_KEY_ID,
            "gateway_url": self.url,
            "ca_file": str(self.ca_file),
            "notify_url": "https://example.org/never-called",
        }

    def confirm(self, order_no: str) -> bool:
        """The payer confirms on the telephone. False when nothing was waiting."""
        return self._api.confirm(order_no)

    def scan(self, text: str) -> bool:
        """A payer scans a shown code and pays at once. False when the code is closed, paid or none of ours."""
        return self._api.scan(text)

    @property
    def expires(self) -> Mapping[str, str]:
        """Until when the shown codes are good, by order number, as the merchant said it."""
        return self._api.expires

    def scan_waiting(self) -> bool:
        """A payer scans whatever code is shown and pays. False when none is."""
        return any(self._ledger.move(order_no, "SUCCESS", only_from=("NOTPAY",)) for order_no in self.payments)

    def _is_genuine(self, request: Request) -> bool:
        return request_is_genuine(
            request.authorization,
            self._keys.merchant,
            {"mchid": _MCHID, "serial_no": _CERT_SERIAL},
            (request.method, request.target, request.body),
            int(time.time()),
        )

    def _refuse(self) -> bytes:
        return self._signed(401, encode({"code": "SIGN_ERROR", "message": "签名错误"}))

    def _is_late(self, request: Request) -> bool:
        return self._api.is_late(request.fields)

    def _handle(self, request: Request) -> Reply:
        return self._api.handle(request.method, request.target, request.fields)

    def _spoil(self, reply: Reply) -> bytes:
        body = encode(reply.body) if reply.status != 204 else b""
        faults: Mapping[Behaviour, Callable[[], bytes]] = {
            Behaviour.ANSWER_LOST: bytes,
            Behaviour.REQUEST_LOST: bytes,
            Behaviour.NO_SIGNATURE: lambda: http_answer(reply.status, {}, body),
            Behaviour.BAD_SIGNATURE: lambda: self._signed(reply.status, body, signed=body + b" "),
            Behaviour.OTHER_KEY: lambda: self._signed(reply.status, body, key_id=_CERT_SERIAL),
            Behaviour.OTHER_AMOUNT: lambda: self._signed(
                reply.status, encode({**reply.body, "amount": {"total": _OTHER_AMOUNT, "currency": "CNY"}})
            ),
            Behaviour.OTHER_ORDER: lambda: self._signed(
                reply.status, encode({**reply.body, "out_trade_no": "another-order"})
            ),
        }
        if reply.behaviour is Behaviour.SLOW:
            self._wait()
        return faults.get(reply.behaviour, lambda: self._signed(reply.status, body))()

    def _signed(self, status: int, body: bytes, *, signed: bytes | None = None, key_id: str = _PUBLIC_KEY_ID) -> bytes:
        proof = answer_headers(
            self._keys.platform, key_id, body if signed is None else signed, int(time.time()), secrets.token_hex(16)
        )
        return http_answer(status, proof, body)
