"""PINs and second factors of the staff: argon2id for what is typed, TOTP (RFC 6238) for what a telephone shows."""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode
from enum import Enum
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from shared.security.sm_algorithms import hmac_sm3

SHORTEST_PIN = 6
TOTP_SECRET_BYTES = 20  # RFC 4226, section 4: at least 128 bits, 160 recommended
_TOTP_STEP_SECONDS = 30


class WeakPin(Enum):
    """Why a new PIN is not taken."""

    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    REPEATED = "repeated"  # 111111, 121212
    SEQUENCE = "sequence"  # 123456, 987654


class Pins:
    """Makes and checks hashes. The default costs are those of RFC 9106's second recommendation: 64 MiB, 3 passes."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hash(self, pin: str) -> str:
        """An argon2id hash with its own salt. Raises ValueError for a weak PIN."""
        weakness = weak(pin)
        if weakness is not None:
            raise ValueError(weakness.value)
        return self._hasher.hash(pin)

    def matches(self, pin_hash: str, pin: str) -> bool:
        """Whether it is the PIN; a damaged hash matches nothing."""
        try:
            return self._hasher.verify(pin_hash, pin)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False


def weak(pin: str) -> WeakPin | None:
    """What is wrong with a new PIN; None when it will do."""
    if not (pin.isascii() and pin.isdecimal()):
        return WeakPin.NOT_DIGITS
    if len(pin) < SHORTEST_PIN:
        return WeakPin.TOO_SHORT
    if any(pin == (pin[:length] * len(pin))[: len(pin)] for length in (1, 2)):
        return WeakPin.REPEATED
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return WeakPin.SEQUENCE if steps in ({1}, {-1}) else None


def card_hash(key: bytes, uid: bytes) -> str:
    """How a staff card is kept: a keyed hash, so that a stolen file does not tell which card opens the window."""
    return hmac_sm3(key, uid).hex()


def card_matches(kept: str, key: bytes, uid: bytes) -> bool:
    """Whether it is that card; no card is ever the missing one."""
    return bool(kept) and hmac.compare_digest(kept, card_hash(key, uid))


def totp_secret(random: bytes) -> str:
    """A secret as authenticators take it. Raises ValueError when there are too few random bytes."""
    if len(random) != TOTP_SECRET_BYTES:
        raise ValueError(f"a secret is made of {TOTP_SECRET_BYTES} bytes")
    return b32encode(random).decode()


def totp_matches(secret: str, code: str, unix_seconds: float) -> bool:
    """Whether the code is that of now, of 30 s before or after: telephones' clocks differ a little."""
    totp = TOTP(b32decode(secret), 6, SHA1(), _TOTP_STEP_SECONDS, enforce_key_length=False)  # noqa: S303 - RFC 6238
    return any(_is(totp, code, int(unix_seconds) + shift) for shift in (0, -_TOTP_STEP_SECONDS, _TOTP_STEP_SECONDS))


def _is(totp: TOTP, code: str, at: int) -> bool:
    try:
        totp.verify(code.encode(), at)
    except InvalidToken:
        return False
    return True
