"""How a booking is found by what its visitor knows: an order code, a telephone or a document number.

Two forms. Central keeps keyed hashes: its key is not in its database. A terminal that collects offline has no key at
all: what it keeps is derived from the value itself, slowly (scrypt), so that a stolen disk must be guessed value by
value and gives out a booking only to who names its code or number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from shared.domain.canonical import canonical
from shared.security.data_keys import DataKey
from shared.security.sm_algorithms import SM4_KEY_BYTES, hmac_sm3, seal, unseal

LookUpKind = Literal["code", "telephone", "document"]

# Crockford's base 32, as order codes are written: what is mistyped for a digit is read as that digit.
_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[^0-9A-Z]")
_COST = 2**12  # about 10 ms and 4 MB a guess (RFC 7914)
_HASH_BYTES = 16
SALT_BYTES = 16


def normalised(kind: LookUpKind, value: str) -> str:
    """What is compared: capital letters and digits; a telephone without its country's code."""
    plain = _SEPARATORS.sub("", value.upper())
    if kind == "code":
        return plain.translate(_MISREAD)
    if kind == "telephone" and len(plain) > 11:
        return plain.removeprefix("00").removeprefix("86")
    return plain


def keyed_digest(key: DataKey, kind: LookUpKind, value: str) -> bytes:
    """32 bytes by which central finds a booking."""
    return hmac_sm3(key.hash_key, canonical(["look_up", kind, normalised(kind, value)]))


@dataclass(frozen=True, slots=True)
class OfflineLookUp:
    """What a value gives under a day's salt: the name of an entry, and the key that opens it."""

    name: bytes = field(repr=False)
    key: bytes = field(repr=False)

    def seal(self, nonce: bytes, body: bytes) -> bytes:
        """The entry as a terminal keeps it. `nonce`: 12 random bytes."""
        return seal(self.key, nonce, body, self.name)

    def open(self, sealed: bytes) -> bytes:
        """The inverse. Raises NotAuthenticError."""
        return unseal(self.key, sealed, self.name)


def offline_look_up(kind: LookUpKind, value: str, salt: bytes) -> OfflineLookUp:
    """Takes about 10 ms, on purpose. `salt` has SALT_BYTES and is new for each day and terminal."""
    wanted = canonical([kind, normalised(kind, value)])
    derived = Scrypt(salt=salt, length=_HASH_BYTES + SM4_KEY_BYTES, n=_COST, r=8, p=1).derive(wanted)
    return OfflineLookUp(derived[:_HASH_BYTES], derived[_HASH_BYTES:])
