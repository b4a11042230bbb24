"""The settings of a WeChat Pay merchant, and the keys they name, checked before any money is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from drivers.errors import ConfigurationError
from drivers.payment.merchant_files import (
    check_address,
    check_authorities,
    check_seconds,
    private_key,
    public_key,
    settings_from,
)

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
    notify_url: str = ""  # a QR shown on the screen needs one; nothing is read there, the order is asked after
    shown_seconds: float = 120.0  # how long a shown QR can be paid; the provider wants a minute at least

    @staticmethod
    def from_mapping(values: Mapping[str, object]) -> WeChatSettings:
        """Settings from configuration. Raises ConfigurationError for a missing, unknown or mistyped key."""
        return settings_from(WeChatSettings, values, "WeChat Pay")


@dataclass(frozen=True, slots=True)
class WeChatKeys:
    """The keys as loaded: the merchant's for signing requests, the platform's for checking answers."""

    private: RSAPrivateKey = field(repr=False)
    platform: RSAPublicKey


def load_keys(settings: WeChatSettings) -> WeChatKeys:
    """Checks the settings and reads the key files. Raises ConfigurationError naming the key at fault."""
    _check(settings)
    private = private_key("private_key_file", settings.private_key_file)
    return WeChatKeys(private, public_key("public_key_file", settings.public_key_file))


def _check(settings: WeChatSettings) -> None:
    check_address("gateway_url", settings.gateway_url, origin=True)
    check_seconds("timeout_seconds", settings.timeout_seconds, 0, 60)
    check_seconds("shown_seconds", settings.shown_seconds, 60, 600)
    if settings.notify_url:
        check_address("notify_url", settings.notify_url, origin=False)
    if len(settings.apiv3_key.encode()) != 32:
        raise ConfigurationError("apiv3_key", "must have 32 bytes")
    check_authorities("ca_file", settings.ca_file)
    for key, (form, reason) in _FORMS.items():
        if not form.fullmatch(getattr(settings, key)):
            raise ConfigurationError(key, reason)
