"""The gateway's side of WeChat Pay's signatures: checks a merchant's request, signs an answer.

Signed is, each part with a line feed: method, target, time, nonce, body of a request; time, nonce, body of an answer.
Written apart from the driver and its library, so that a mistake in that form cannot stand on both sides.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

SCHEME = "WECHATPAY2-SHA256-RSA2048"
MAX_CLOCK_DIFFERENCE_SECONDS = 300
_FIELD = re.compile(r'(\w+)="([^"]*)"')


def request_is_genuine(
    authorization: str,
    merchant: RSAPublicKey,
    identity: Mapping[str, str],
    request: tuple[str, str, bytes],
    now: int,
) -> bool:
    """Whether the Authorization header is the merchant's, over this (method, target, body), within five minutes.

    `identity` holds what the header must state besides: `mchid` and `serial_no`. `now` is Unix time in seconds.
    """
    scheme, _, rest = authorization.partition(" ")
    fields = dict(_FIELD.findall(rest))
    if scheme != SCHEME or any(fields.get(name) != value for name, value in identity.items()):
        return False
    method, target, body = request
    timestamp, nonce = fields.get("timestamp", ""), fields.get("nonce_str", "")
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp)) > MAX_CLOCK_DIFFERENCE_SECONDS:
        return False
    signed = b"".join(part + b"\n" for part in (method.encode(), target.encode(), timestamp.encode(), nonce.encode()))
    return _verifies(merchant, fields.get("signature", ""), signed + body + b"\n")


def answer_headers(platform: RSAPrivateKey, key_id: str, body: bytes, timestamp: int, nonce: str) -> dict[str, str]:
    """The headers that prove an answer to be the platform's."""
    signed = b"%d\n%s\n%s\n" % (timestamp, nonce.encode(), body)
    return {
        "Wechatpay-Timestamp": str(timestamp),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": key_id,
        "Wechatpay-Signature-Type": SCHEME,
        "Wechatpay-Signature": base64.b64encode(platform.sign(signed, PKCS1v15(), SHA256())).decode(),
    }


def _verifies(key: RSAPublicKey, signature: str, signed: bytes) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), signed, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
