"""The settings of a WeChat Pay merchant, and the keys they name, checked before any money is asked for."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from drivers.errors import ConfigurationError

PRODUCTION_GATEWAY = "https://api.mch.weixin.qq.com"

# The form of the texts that go into addresses and headers, and how to say it.
_FORMS = {
    "mchid": (re.compile(r"\d{8,32}", re.ASCII), "must be a merchant number"),
    "appid": (re.compile(r"[0-9A-Za-z_-]{1,32}"), "must be an application id, such as wx0123456789abcdef"),
    "cert_serial": (re.compile(r"[0-9A-Fa-f]{8,64}"), "must be the certificate's serial number in hexadecimal"),
    "public_key_id": (re.compile(r"PUB_KEY_ID_[0-9A-Za-z]{1,64}"), "must begin with PUB_KEY_ID_"),
    "store_id": (re.compile(r"[0-9A-Za-z_-]{1,32}"), "must have 1 to 32 letters or digits"),
}


@dataclass(frozen=True, slots=True)
class WeChatSettings:
    """A merchant in public-key mode. Files are PEM; `ca_file` (empty: the well-known authorities) checks the gateway.

    `apiv3_key` is asked for by the library, which uses it only for callbacks and platform certificates.
    `timeout_seconds` is the longest silence on the line, and the whole time that the body of an answer may take.
    """

    mchid: str
    appid: str
    private_key_file: str
    cert_serial: str
    apiv3_key: str = field(repr=False)
    public_key_file: str
    public_key_id: str
    gateway_url: str = PRODUCTION_GATEWAY
    ca_file: str = ""
    timeout_seconds: float = 10.0
    store_id: str = "1"  # the merchant's own number of the point of sale (scene_info.store_info.out_id)

    @staticmethod
    def from_mapping(values: Mapping[str, object]) -> WeChatSettings:
        """Settings from configuration. Raises ConfigurationError for a missing, unknown or mistyped key."""
        known = {f.name: f for f in fields(WeChatSettings)}
        for key in values:
            if key not in known:
                raise ConfigurationError(key, "is not a setting of WeChat Pay")
        for key, f in known.items():
            if key not in values and f.default is MISSING:
                raise ConfigurationError(key, "is missing")
        return WeChatSettings(**{key: _typed(key, value) for key, value in values.items()})


@dataclass(frozen=True, slots=True)
class WeChatKeys:
    """The keys as loaded: the merchant's for signing requests, the platform's for checking answers."""

    private: RSAPrivateKey = field(repr=False)
    platform: RSAPublicKey


def load_keys(settings: WeChatSettings) -> WeChatKeys:
    """Checks the settings and reads the key files. Raises ConfigurationError naming the key at fault."""
    _check(settings)
    return WeChatKeys(_private_key(settings.private_key_file), _public_key(settings.public_key_file))


def _typed(key: str, value: object) -> Any:
    if key == "timeout_seconds":
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ConfigurationError(key, "must be a number of seconds")
        return float(value)
    if not isinstance(value, str):
        raise ConfigurationError(key, "must be a text")
    return value


def _check(settings: WeChatSettings) -> None:
    if not _is_origin(settings.gateway_url):
        raise ConfigurationError("gateway_url", "must be an https address without a path")
    if not 0 < settings.timeout_seconds <= 60:
        raise ConfigurationError("timeout_seconds", "must be above 0 and at most 60")
    if len(settings.apiv3_key.encode()) != 32:
        raise ConfigurationError("apiv3_key", "must have 32 bytes")
    if settings.ca_file:
        _check_authorities(settings.ca_file)
    for key, (form, reason) in _FORMS.items():
        if not form.fullmatch(getattr(settings, key)):
            raise ConfigurationError(key, reason)


def _is_origin(address: str) -> bool:
    try:
        url = urlsplit(address)
        return (
            url.scheme == "https" and bool(url.hostname) and url.port != 0 and url.path in ("", "/") and not url.query
        )
    except ValueError:  # a port that is no number, a bracket that is not closed
        return False


def _check_authorities(path: str) -> None:
    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigurationError("ca_file", f"{path} holds no PEM certificate that can be read") from error


def _private_key(path: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(_read("private_key_file", path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ConfigurationError("private_key_file", f"{path} is not an unencrypted PEM private key") from error
    if not isinstance(key, RSAPrivateKey):
        raise ConfigurationError("private_key_file", f"{path} is not an RSA key")
    return key


def _public_key(path: str) -> RSAPublicKey:
    try:
        key = load_pem_public_key(_read("public_key_file", path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigurationError("public_key_file", f"{path} is not a PEM public key") from error
    if not isinstance(key, RSAPublicKey):
        raise ConfigurationError("public_key_file", f"{path} is not an RSA key")
    return key


def _read(key: str, path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ConfigurationError(key, f"{path} cannot be read") from error
