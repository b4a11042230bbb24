"""The certificates of the emulated Alipay: a root, Alipay's own and the application's, made once in its folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from drivers.emulators.alipay_gateway_signing import certificate_number

_FILES = ("alipay_root.pem", "alipay_certificate.pem", "app_certificate.pem")


@dataclass(frozen=True, slots=True)
class AlipayCertificates:
    """PEM files, and the numbers by which requests and answers name them."""

    root_file: Path
    alipay_file: Path
    app_file: Path
    root_number: str
    alipay_number: str
    app_number: str


def certificates_in(folder: Path, platform: RSAPrivateKey, merchant: RSAPublicKey) -> AlipayCertificates:
    """The certificates of this folder, made if they are not there; all issued by the platform's key."""
    paths = [folder / name for name in _FILES]
    keys = (platform.public_key(), platform.public_key(), merchant)
    for path, name, key in zip(paths, ("Root", "Alipay", "Application"), keys, strict=True):
        if not path.exists():
            path.write_bytes(_issue(name, key, platform).public_bytes(Encoding.PEM))
    numbers = [certificate_number(x509.load_pem_x509_certificate(path.read_bytes())) for path in paths]
    return AlipayCertificates(paths[0], paths[1], paths[2], numbers[0], numbers[1], numbers[2])


def _issue(name: str, key: RSAPublicKey, issuer: RSAPrivateKey) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named("Root"))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=name == "Root", path_length=None), critical=True)
        .sign(issuer, SHA256())
    )


def _named(name: str) -> x509.Name:
    parts = {
        NameOID.COUNTRY_NAME: "CN",
        NameOID.ORGANIZATION_NAME: "Emulated Alipay",
        NameOID.ORGANIZATIONAL_UNIT_NAME: "Certification",
        NameOID.COMMON_NAME: name,
    }
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts.items()])
