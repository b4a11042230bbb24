"""The WeChat Pay gateway, emulated: HTTPS on this machine with real signatures both ways, and faults on request."""

from __future__ import annotations

import secrets
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from drivers.emulators.wechat_gateway_api import GatewayApi, Reply
from drivers.emulators.wechat_gateway_codes import Behaviour, behaviour_of, make_code
from drivers.emulators.wechat_gateway_http import GatewayServer, Request, encode, http_answer
from drivers.emulators.wechat_gateway_keys import keys_in
from drivers.emulators.wechat_gateway_ledger import GatewayLedger
from drivers.emulators.wechat_gateway_signing import answer_headers, request_is_genuine

__all__ = ["Behaviour", "WeChatGatewayEmulator", "make_code"]

_MCHID = "1900000109"
_APPID = "wx8888888888888888"
_CERT_SERIAL = "444F4864EA9B34415D2E2A1C8A7B0C3D5E6F7081"
_PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026010100000000000001"
_OTHER_AMOUNT = 99_999_999


class WeChatGatewayEmulator:
    """One merchant's gateway on 127.0.0.1. Keys and payments live in `folder`, so a new one there goes on.

    How a payment ends is told by its code (`make_code`), or by `expect`. `slow_seconds`: how late SLOW answers, and
    how late LATE is taken up.
    """

    def __init__(self, folder: Path, *, port: int = 0, slow_seconds: float = 30.0) -> None:
        self._keys = keys_in(folder)
        self._ledger = GatewayLedger(folder / "payments.sqlite")
        self._expected: dict[str, Behaviour] = {}
        self._api = GatewayApi(self._ledger, _MCHID, _APPID, lambda c: self._expected.get(c) or behaviour_of(c))
        self._raw: deque[Iterable[bytes] | None] = deque()
        self._losses = 0
        self._slow_seconds = slow_seconds
        self._stopping = threading.Event()
        self._server = GatewayServer(port, self._tls(), self._answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="wechat-gateway")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Ends all connections and joins all threads."""
        self._stopping.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()
        self._ledger.close()

    def __enter__(self) -> WeChatGatewayEmulator:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    @property
    def ca_file(self) -> Path:
        return self._keys.tls_certificate_file

    @property
    def requests(self) -> int:
        """How many HTTP requests came, genuine or not."""
        return self._server.requests

    @property
    def payments(self) -> Mapping[str, str]:
        """Order number -> trade state, in the order in which they came."""
        return {order.order_no: order.state for order in self._ledger.orders()}

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
        }

    def expect(self, code: str, behaviour: Behaviour) -> None:
        """Says how a payment by this code ends, whatever the code itself says."""
        self._expected[code] = behaviour

    def confirm(self, order_no: str) -> bool:
        """The payer confirms on the telephone. False when nothing was waiting."""
        return self._api.confirm(order_no)

    def answer_next(self, raw: bytes, *, seconds_per_byte: float = 0.0) -> None:
        """Sends these bytes in place of an answer to the next request, which is not carried out."""
        self._raw.append(self._trickle(raw, seconds_per_byte) if seconds_per_byte else (raw,))

    def serve_next(self) -> None:
        """Serves one request as usual before what `answer_next` is told from here on."""
        self._raw.append(None)

    def forget_answers(self) -> None:
        """What `answer_next` and `serve_next` were told and no request has come for is forgotten."""
        self._raw.clear()

    def lose_next_answer(self) -> None:
        """Carries out the next request and drops the line before its answer."""
        self._losses += 1

    def _tls(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self._keys.tls_certificate_file, self._keys.tls_key_file)
        return context

    def _trickle(self, raw: bytes, seconds: float) -> Iterator[bytes]:
        for byte in raw:
            if self._stopping.wait(seconds):
                return
            yield bytes((byte,))

    def _answer(self, request: Request) -> Iterable[bytes]:
        """The bytes to send, in pieces; none to drop the line."""
        raw = self._raw.popleft() if self._raw else None
        if raw is not None:
            return raw
        genuine = request_is_genuine(
            request.authorization,
            self._keys.merchant,
            {"mchid": _MCHID, "serial_no": _CERT_SERIAL},
            (request.method, request.target, request.body),
            int(time.time()),
        )
        if not genuine:
            return (self._signed(401, encode({"code": "SIGN_ERROR", "message": "签名错误"})),)
        if self._api.is_late(request.fields):
            self._stopping.wait(self._slow_seconds)
        reply = self._api.handle(request.method, request.target, request.fields)
        if self._losses:
            self._losses -= 1
            return ()
        return (self._spoil(reply),)

    def _spoil(self, reply: Reply) -> bytes:
        """The reply as its behaviour sends it; empty when it is lost."""
        body = encode(reply.body)
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
            self._stopping.wait(self._slow_seconds)
        return faults.get(reply.behaviour, lambda: self._signed(reply.status, body))()

    def _signed(self, status: int, body: bytes, *, signed: bytes | None = None, key_id: str = _PUBLIC_KEY_ID) -> bytes:
        proof = answer_headers(
            self._keys.platform, key_id, body if signed is None else signed, int(time.time()), secrets.token_hex(16)
        )
        return http_answer(status, proof, body)
