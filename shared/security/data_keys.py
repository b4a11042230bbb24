"""The keys that protect fields, by version: the newest protects, older ones still read, an erased one reads nothing.

Erasing a version makes every record under it unreadable at once, copies in backups too (crypto-shredding).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from shared.security.sm_algorithms import SM4_KEY_BYTES

_HASH_KEY_BYTES = 32
SECRET_BYTES = _HASH_KEY_BYTES + SM4_KEY_BYTES


@dataclass(frozen=True, slots=True)
class DataKey:
    """One version, from 1. `secret` is SECRET_BYTES random bytes, in no repr: a key to hash, then a key to encrypt."""

    version: int
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.version < 1 or len(self.secret) != SECRET_BYTES:
            raise ValueError(f"a data key has a version from 1 and {SECRET_BYTES} bytes")

    @property
    def hash_key(self) -> bytes:
        return self.secret[:_HASH_KEY_BYTES]

    @property
    def cipher_key(self) -> bytes:
        return self.secret[_HASH_KEY_BYTES:]


@dataclass(frozen=True, slots=True)
class DataKeys:
    """All versions that were not erased, in rising order; at least one."""

    keys: tuple[DataKey, ...]

    def __post_init__(self) -> None:
        versions = [key.version for key in self.keys]
        if not versions or versions != sorted(set(versions)):
            raise ValueError("data keys have versions in rising order")

    @property
    def newest(self) -> DataKey:
        return self.keys[-1]

    @property
    def versions(self) -> tuple[int, ...]:
        return tuple(key.version for key in self.keys)

    def find(self, version: int) -> DataKey | None:
        """The key of a version; None when it was erased or never was."""
        return next((key for key in self.keys if key.version == version), None)

    def rotated(self, secret: bytes) -> DataKeys:
        """With a next version made of SECRET_BYTES fresh random bytes."""
        return DataKeys((*self.keys, DataKey(self.newest.version + 1, secret)))

    def without(self, version: int) -> DataKeys:
        """Without a version. Raises ValueError for the newest, whose number could come again: rotate first."""
        if version == self.newest.version:
            raise ValueError("the newest data key is in use: rotate before erasing it")
        return DataKeys(tuple(key for key in self.keys if key.version != version))

    def to_json(self) -> str:
        """`{"data_keys": {version: hex}}`: secret, for a vault alone."""
        return json.dumps({"data_keys": {str(key.version): key.secret.hex() for key in self.keys}})

    @staticmethod
    def from_json(text: str) -> DataKeys:
        """Raises ValueError when `text` holds no data keys; the message holds nothing of it."""
        try:
            rows = json.loads(text)["data_keys"]
            keys = sorted(
                (DataKey(int(v), bytes.fromhex(secret)) for v, secret in rows.items()), key=lambda k: k.version
            )
            return DataKeys(tuple(keys))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError("not data keys") from None
