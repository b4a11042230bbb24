"""The gateway's side of Alipay's signatures (RSA2), and the numbers of certificates.

A request is a form: its fields but `sign`, sorted, joined by `&`, are signed. Of an answer the text of its one object
is signed. Written apart from the driver and its library, so that a mistake in that form cannot stand on both sides.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

_CHINA = timezone(timedelta(hours=8))
_MAX_CLOCK_DIFFERENCE = timedelta(minutes=10)
_ISSUER = (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_NAME, NameOID.COUNTRY_NAME)


def form_of(body: bytes) -> dict[str, str]:
    """The fields of a request; none when it is no form."""
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
    except ValueError:
        return {}


def form_is_genuine(form: Mapping[str, str], merchant: RSAPublicKey, stated: Mapping[str, str], now: datetime) -> bool:
    """Whether the merchant signed this form within ten minutes. `stated` holds what it must say besides."""
    if any(form.get(name) != value for name, value in stated.items()) or form.get("sign_type") != "RSA2":
        return False
    try:
        sent = datetime.strptime(form.get("timestamp", ""), "%Y-%m-%d %H:%M:%S").replace(tzinfo=_CHINA)
        signature = base64.b64decode(form.get("sign", ""), validate=True)
        text = "&".join(f"{name}={value}" for name, value in sorted(form.items()) if name != "sign")
        merchant.verify(signature, text.encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return abs(now - sent) <= _MAX_CLOCK_DIFFERENCE


def signed_answer(platform: RSAPrivateKey, key: str, fields: Mapping[str, object], spoilt: str, number: str) -> bytes:
    """A whole answer. `spoilt` is added to what is signed; `number` (may be empty) names the certificate."""
    text = json.dumps(fields, ensure_ascii=False)
    sign = base64.b64encode(platform.sign((text + spoilt).encode(), PKCS1v15(), SHA256())).decode()
    named = f'"alipay_cert_sn":"{number}",' if number else ""
    return f'{{"{key}":{text},{named}"sign":"{sign}"}}'.encode()


def certificate_number(certificate: x509.Certificate) -> str:
    """MD5 of issuer and serial number, as Alipay names certificates."""
    issuer = {oid: certificate.issuer.get_attributes_for_oid(oid) for oid in _ISSUER}
    names = [str(found[0].value) if found else "None" for found in issuer.values()]
    text = "CN={},OU={},O={},C={}".format(*names) + str(certificate.serial_number)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
