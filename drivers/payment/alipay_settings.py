"""The settings of an Alipay merchant, checked before any money is asked for: key mode or certificate mode."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.errors import ConfigurationError
from drivers.payment.alipay_certificates import Certificates, read_certificates
from drivers.payment.merchant_files import (
    check_address,
    check_authorities,
    check_seconds,
    private_key,
    public_key,
    read_file,
    settings_from,
)

PRODUCTION_GATEWAY = "https://openapi.alipay.com/gateway.do"
_APPID = re.compile(r"\d{8,32}", re.ASCII)
_STORE = re.compile(r"[0-9A-Za-z_-]{1,32}")
_CERTIFICATES = ("app_certificate_file", "alipay_certificate_file", "root_certificate_file")


@dataclass(frozen=True, slots=True)
class AlipaySettings:
    """A merchant's application. Files are PEM; `ca_file` (empty: the well-known authorities) checks the gateway.

    With `alipay_public_key_file` the answers are checked by that key; in certificate mode the three certificate files
    take its place. `timeout_seconds` is the longest silence on the line, and the whole time an answer's body may take.
    """

    appid: str
    private_key_file: str = field(repr=False)
    alipay_public_key_file: str = ""
    app_certificate_file: str = ""
    alipay_certificate_file: str = ""
    root_certificate_file: str = ""
    gateway_url: str = PRODUCTION_GATEWAY
    ca_file: str = ""
    timeout_seconds: float = 10.0
    shown_seconds: float = 120.0  # how long a QR shown on the screen can be paid; whole minutes count
    store_id: str = "1"

    @staticmethod
    def from_mapping(values: Mapping[str, object]) -> AlipaySettings:
        """Settings from configuration. Raises ConfigurationError for a missing, unknown or mistyped key."""
        return settings_from(AlipaySettings, values, "Alipay")

    @property
    def by_certificate(self) -> bool:
        """Whether the gateway is known by a certificate, and we to it."""
        return not self.alipay_public_key_file


@dataclass(frozen=True, slots=True)
class AlipayKeys:
    """Our private key and Alipay's public one as PEM; `certificates` is None in key mode."""

    private: str = field(repr=False)
    public: str
    certificates: Certificates | None = None


def load_keys(settings: AlipaySettings) -> AlipayKeys:
    """Checks the settings and reads the key files. Raises ConfigurationError naming the key at fault."""
    _check(settings)
    private_key("private_key_file", settings.private_key_file)
    private = read_file("private_key_file", settings.private_key_file).decode()
    if settings.by_certificate:
        certificates = read_certificates(*(_certificate(key, getattr(settings, key)) for key in _CERTIFICATES))
        return AlipayKeys(private, certificates.alipay_key, certificates)
    public_key("alipay_public_key_file", settings.alipay_public_key_file)
    return AlipayKeys(private, read_file("alipay_public_key_file", settings.alipay_public_key_file).decode())


def _check(settings: AlipaySettings) -> None:
    if not _APPID.fullmatch(settings.appid):
        raise ConfigurationError("appid", "must be an application number")
    if not _STORE.fullmatch(settings.store_id):
        raise ConfigurationError("store_id", "must have 1 to 32 letters or digits")
    if not settings.by_certificate:
        for key in _CERTIFICATES:
            if getattr(settings, key):
                raise ConfigurationError(key, "stands beside alipay_public_key_file: one of the two modes is wanted")
    check_address("gateway_url", settings.gateway_url, origin=False)
    check_seconds("timeout_seconds", settings.timeout_seconds, 0, 60)
    check_seconds("shown_seconds", settings.shown_seconds, 60, 600)
    check_authorities("ca_file", settings.ca_file)


def _certificate(key: str, path: str) -> bytes:
    if not path:
        raise ConfigurationError(key, "is missing, and so is alipay_public_key_file")
    return read_file(key, path)
