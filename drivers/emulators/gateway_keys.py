"""The keys of the emulated gateway: made once in its folder, found again when it starts anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class GatewayKeys:
    """PEM files in one folder, and the two keys that the gateway itself works with."""

    merchant_file: Path
    platform_public_file: Path
    tls_key_file: Path
    tls_certificate_file: Path
    merchant: rsa.RSAPublicKey = field(repr=False)
    platform: rsa.RSAPrivateKey = field(repr=False)


def keys_in(folder: Path) -> GatewayKeys:
    """The keys of this folder, made if they are not there. The TLS certificate is for 127.0.0.1 and localhost."""
    folder.mkdir(parents=True, exist_ok=True)
    merchant = _key(folder / "merchant_key.pem")
    platform = _key(folder / "platform_key.pem")
    tls = _key(folder / "tls_key.pem")
    public = folder / "platform_public_key.pem"
    public.write_bytes(platform.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    certificate = folder / "tls_certificate.pem"
    if not certificate.exists():
        certificate.write_bytes(_certificate(tls).public_bytes(Encoding.PEM))
    return GatewayKeys(
        folder / "merchant_key.pem", public, folder / "tls_key.pem", certificate, merchant.public_key(), platform
    )


def _key(path: Path) -> rsa.RSAPrivateKey:
    if not path.exists():
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        path.touch(mode=0o600)
        path.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(path.read_bytes(), password=None, unsafe_skip_rsa_key_validation=True)  # our own
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} is not an RSA key")
    return key


def _certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Emulated payment gateway")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
