"""The files and addresses that a payment merchant's settings name, checked before any money is asked for."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from drivers.errors import ConfigurationError

S = TypeVar("S")


def settings_from(kind: type[S], values: Mapping[str, object], of: str) -> S:
    """A dataclass of texts and seconds (names ending in `_seconds`), from configuration.

    Raises ConfigurationError for a missing, unknown or mistyped key; `of` says whose settings they are.
    """
    known: dict[str, Any] = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]  # a dataclass by contract
    for key in values:
        if key not in known:
            raise ConfigurationError(key, f"is not a setting of {of}")
    for key, f in known.items():
        if key not in values and f.default is MISSING:
            raise ConfigurationError(key, "is missing")
    return kind(**{key: _typed(key, value) for key, value in values.items()})


def _typed(key: str, value: object) -> Any:
    if key.endswith("_seconds"):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ConfigurationError(key, "must be a number of seconds")
        return float(value)
    if not isinstance(value, str):
        raise ConfigurationError(key, "must be a text")
    return value


def check_seconds(key: str, seconds: float, least: float, most: float) -> None:
    """`least` itself is allowed unless it is 0. Raises ConfigurationError."""
    if not least <= seconds <= most or seconds == 0:
        above = "above 0" if least == 0 else f"at least {least:g}"
        raise ConfigurationError(key, f"must be {above} and at most {most:g}")


def check_address(key: str, address: str, *, origin: bool) -> None:
    """An https address; with `origin` one without a path. Raises ConfigurationError."""
    try:
        url = urlsplit(address)
        right = url.scheme == "https" and bool(url.hostname) and url.port != 0 and not url.query and not url.fragment
        right = right and (not origin or url.path in ("", "/"))
    except ValueError:  # a port that is no number, a bracket that is not closed
        right = False
    if not right:
        raise ConfigurationError(key, "must be an https address" + (" without a path" if origin else ""))


def check_authorities(key: str, path: str) -> None:
    """A PEM file of certificates; an empty path stands for the well-known ones. Raises ConfigurationError."""
    if not path:
        return
    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigurationError(key, f"{path} holds no PEM certificate that can be read") from error


def private_key(key: str, path: str) -> RSAPrivateKey:
    """Raises ConfigurationError naming `key`."""
    try:
        loaded = load_pem_private_key(read_file(key, path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ConfigurationError(key, f"{path} is not an unencrypted PEM private key") from error
    if not isinstance(loaded, RSAPrivateKey):
        raise ConfigurationError(key, f"{path} is not an RSA key")
    return loaded


def public_key(key: str, path: str) -> RSAPublicKey:
    """Raises ConfigurationError naming `key`."""
    try:
        loaded = load_pem_public_key(read_file(key, path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigurationError(key, f"{path} is not a PEM public key") from error
    if not isinstance(loaded, RSAPublicKey):
        raise ConfigurationError(key, f"{path} is not an RSA key")
    return loaded


def read_file(key: str, path: str) -> bytes:
    """Raises ConfigurationError naming `key`."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ConfigurationError(key, f"{path} cannot be read") from error
