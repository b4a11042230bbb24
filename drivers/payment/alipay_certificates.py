"""Certificates in Alipay's certificate mode: the numbers that name them, and the key that checks answers.

`python-alipay-sdk` reads them by calls of pyOpenSSL that are on their way out, so they are read here. A number is the
MD5 of issuer and serial number (opendocs.alipay.com/common/02kdnc); the root's file holds several, and each that is
signed by RSA counts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from drivers.errors import ConfigurationError

_RSA_SIGNATURES = "1.2.840.113549.1.1."
_ISSUER = (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_NAME, NameOID.COUNTRY_NAME)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Numbers of the application's, the root's and Alipay's certificates, and Alipay's key as PEM."""

    app_number: str
    root_number: str
    alipay_number: str
    alipay_key: str


def read_certificates(app: bytes, alipay: bytes, root: bytes) -> Certificates:
    """From the contents of three PEM files. Raises ConfigurationError naming the setting at fault."""
    own, theirs = _one("app_certificate_file", app), _one("alipay_certificate_file", alipay)
    key = theirs.public_key()
    if not isinstance(key, RSAPublicKey):
        raise ConfigurationError("alipay_certificate_file", "is not of an RSA key")
    roots = [c for c in _all("root_certificate_file", root) if _is_rsa(c)]
    if not roots:
        raise ConfigurationError("root_certificate_file", "holds no certificate signed by RSA")
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return Certificates(_number(own), "_".join(_number(c) for c in roots), _number(theirs), pem)


def _one(key: str, pem: bytes) -> x509.Certificate:
    return _all(key, pem)[0]


def _all(key: str, pem: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise ConfigurationError(key, "holds no PEM certificate that can be read") from error


def _is_rsa(certificate: x509.Certificate) -> bool:
    return certificate.signature_algorithm_oid.dotted_string.startswith(_RSA_SIGNATURES)


def _number(certificate: x509.Certificate) -> str:
    found = (certificate.issuer.get_attributes_for_oid(oid) for oid in _ISSUER)
    names = [str(attributes[0].value) if attributes else "None" for attributes in found]
    text = "CN={},OU={},O={},C={}".format(*names) + str(certificate.serial_number)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
