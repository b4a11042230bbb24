"""Ed25519 keys: a terminal's or central's own key in a file only its owner reads, and rings of public keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.security.private_file import KeyFileError, create_private, read_private

__all__ = ["KeyFileError", "Keyring", "PublicKey", "SigningKey"]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """32 bytes of an Ed25519 public key."""

    raw: bytes

    @property
    def key_id(self) -> bytes:
        """4 bytes, the start of SHA-256 over the key: names it in a ticket and a lease."""
        return hashlib.sha256(self.raw).digest()[:4]

    def verifies(self, signature: bytes, data: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """A private key. It is in no repr and leaves the process only into its own file."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PublicKey(private.public_key().public_bytes_raw())

    @staticmethod
    def generate() -> SigningKey:
        return SigningKey(Ed25519PrivateKey.generate())

    @staticmethod
    def from_seed(seed: bytes) -> SigningKey:
        """The key of 32 known bytes: for tests."""
        return SigningKey(Ed25519PrivateKey.from_private_bytes(seed))

    @staticmethod
    def load(path: Path) -> SigningKey:
        """Reads a key file. Raises KeyFileError when it is absent, damaged or readable by group or others."""
        text = read_private(path)
        try:
            seed = bytes.fromhex(text.strip())
        except ValueError:
            seed = b""
        if len(seed) != 32:
            raise KeyFileError(f"{path}: not a key")
        return SigningKey.from_seed(seed)

    def save(self, path: Path) -> None:
        """Writes the key, mode 0600, durably. Raises FileExistsError rather than replace a key."""
        create_private(path, self._private.private_bytes_raw().hex() + "\n")

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        return self._private.sign(data)

    def __repr__(self) -> str:
        return f"SigningKey({self.public.key_id.hex()})"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Public keys by key id, each with its owner's name (`central`, `terminal:kiosk-1`)."""

    keys: Mapping[bytes, PublicKey] = field(default_factory=dict)
    owners: Mapping[bytes, str] = field(default_factory=dict)

    def find(self, key_id: bytes) -> PublicKey | None:
        return self.keys.get(key_id)

    def with_key(self, key: PublicKey, owner: str) -> Keyring:
        return Keyring({**self.keys, key.key_id: key}, {**self.owners, key.key_id: owner})

    @staticmethod
    def load(path: Path) -> Keyring:
        """Reads a key ring file. Raises KeyFileError when it is absent or not a key ring."""
        try:
            return Keyring.from_json(path.read_text("utf-8"))
        except OSError as error:
            raise KeyFileError(f"{path}: cannot be read: {error.strerror}") from error
        except ValueError as error:
            raise KeyFileError(f"{path}: not a key ring") from error

    def to_json(self) -> str:
        """`{"keys": [{"owner": ..., "public": hex}]}`."""
        rows = [{"owner": self.owners[i], "public": self.keys[i].raw.hex()} for i in sorted(self.keys)]
        return json.dumps({"keys": rows}, indent=1)

    @staticmethod
    def from_json(text: str) -> Keyring:
        """Raises ValueError when `text` is not a key ring."""
        ring = Keyring()
        try:
            for row in json.loads(text)["keys"]:
                raw = bytes.fromhex(row["public"])
                if len(raw) != 32:
                    raise ValueError("a public key has 32 bytes")
                ring = ring.with_key(PublicKey(raw), str(row["owner"]))
        except (KeyError, TypeError) as error:
            raise ValueError("not a key ring") from error
        return ring
