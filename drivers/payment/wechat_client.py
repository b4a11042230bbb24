"""The library `wechatpayv3` behind a line of our own: its requests and signatures, our connection.

The library (2.0.4) sends by `requests.get/post`: no way to name a certificate authority, no total deadline, any
size of answer, redirects followed, `.netrc` able to replace the signed Authorization. Its address is a private
attribute of a private core. So the core is replaced here, and only here, by `GatewayLine`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

import requests
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from wechatpayv3 import WeChatPay as Library  # type: ignore[import-untyped]
from wechatpayv3 import WeChatPayType
from wechatpayv3.type import RequestType  # type: ignore[import-untyped]
from wechatpayv3.utils import build_authorization  # type: ignore[import-untyped]

from drivers.payment.https_exchange import LineError, exchange
from drivers.payment.wechat_settings import WeChatKeys, WeChatSettings

_SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048"
_SIGNED_HEADERS = (
    "Wechatpay-Signature",
    "Wechatpay-Timestamp",
    "Wechatpay-Nonce",
    "Wechatpay-Serial",
    "Wechatpay-Signature-Type",
)
CODEPAY = WeChatPayType.CODEPAY
NATIVE = WeChatPayType.NATIVE


class Verifier(Protocol):
    """What is asked of the library's own core: the check of an answer's signature."""

    def _verify_signature(self, headers: Mapping[str, str], body: str) -> bool: ...


class GatewayLine:
    """Stands in for the library's core: signs by the library, sends over TLS, verifies by the library."""

    def __init__(self, core: Verifier, settings: WeChatSettings, keys: WeChatKeys) -> None:
        self._core = core
        self._settings = settings
        self._keys = keys

    def request(
        self, path: str, method: RequestType = RequestType.GET, data: Mapping[str, object] | None = None
    ) -> tuple[int, str]:
        """Called by the library's API functions. Returns HTTP status and body; raises LineError.

        A 2xx must bear a valid signature. The gateway does not promise one on errors, so an error without any is
        taken on the word of TLS; one with a wrong signature is refused.
        """
        body = json.dumps(data) if data is not None else ""
        status, headers, answer = self._exchange(path, method.value, body)
        if 200 <= status < 300 or "Wechatpay-Signature" in headers:
            self._verify(headers, answer)
        return status, answer

    def _exchange(self, path: str, method: str, body: str) -> tuple[int, Mapping[str, str], str]:
        url = self._settings.gateway_url.rstrip("/") + path
        prepared = requests.Request(method, url, self._headers(path, method, body), data=body.encode()).prepare()
        return exchange(prepared, self._settings.timeout_seconds, self._settings.ca_file)

    def _headers(self, path: str, method: str, body: str) -> dict[str, str]:
        authorization = build_authorization(
            path, method, self._settings.mchid, self._settings.cert_serial, self._keys.private, data=body
        )
        return {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "shanmen",
            "Wechatpay-Serial": self._settings.public_key_id,
            "Authorization": authorization,
        }

    def _verify(self, headers: Mapping[str, str], body: str) -> None:
        # Only these headers reach the library, with our key's serial: any other would make it fetch certificates.
        signed = {name: headers.get(name, "") for name in _SIGNED_HEADERS}
        if not signed["Wechatpay-Signature"]:
            raise LineError("answer without a signature")
        if signed["Wechatpay-Serial"] != self._settings.public_key_id:
            raise LineError("answer signed with another key")
        if signed["Wechatpay-Signature-Type"] != _SIGNATURE_TYPE:
            raise LineError("answer signed in another way")
        if not self._core._verify_signature(signed, body):  # noqa: SLF001 (the library has no public form)
            raise LineError("answer with a bad signature")


def open_library(settings: WeChatSettings, keys: WeChatKeys) -> Any:
    """The library for this merchant, sending through a GatewayLine. The one place that knows its private names.

    No `logger` is given to the library: it would log whole requests, the payer's code among them.
    """
    library = Library(
        wechatpay_type=CODEPAY,
        mchid=settings.mchid,
        private_key=keys.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        cert_serial_no=settings.cert_serial,
        appid=settings.appid,
        apiv3_key=settings.apiv3_key,
        timeout=settings.timeout_seconds,
        public_key=keys.platform.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        public_key_id=settings.public_key_id,
    )
    library._core = GatewayLine(library._core, settings, keys)  # noqa: SLF001 (the address has no public form)
    return library
