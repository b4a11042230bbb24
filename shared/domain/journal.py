"""A terminal's journal as a chain of hashes: the record central and auditors check (design: sync.md).

The hash algorithm is a profile of the epoch: SHA-256, or SM3 (GB/T 32905) where the law asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.hashes import SM3, Hash

from shared.domain.canonical import canonical

GENESIS = bytes(32)
HashProfile = Literal["sha256", "sm3"]


@dataclass(frozen=True, slots=True)
class JournalEvent:
    """One row. `seq` counts from 1 without a gap within (terminal, epoch); `at` is `instant_text`, UTC.

    `hash` covers everything before it and the previous row's hash; `signature` is Ed25519 over `hash`.
    """

    terminal_id: str
    epoch: int
    seq: int
    previous_hash: bytes
    at: str
    type: str
    schema: int
    body: Mapping[str, object] = field(hash=False)
    hash: bytes
    signature: bytes


def event_hash(
    terminal_id: str,
    epoch: int,
    seq: int,
    previous_hash: bytes,
    at: str,
    type: str,
    schema: int,
    body: Mapping[str, object],
    profile: HashProfile = "sha256",
) -> bytes:
    """32 bytes over the canonical JSON array of a row's fields, the previous hash among them."""
    return digest(canonical([terminal_id, epoch, seq, previous_hash.hex(), at, type, schema, body]), profile)


def digest(data: bytes, profile: HashProfile) -> bytes:
    """32 bytes: the profile's hash."""
    if profile == "sha256":
        return hashlib.sha256(data).digest()
    hashing = Hash(SM3())
    hashing.update(data)
    return hashing.finalize()


def is_intact(event: JournalEvent, previous_hash: bytes, profile: HashProfile = "sha256") -> bool:
    """Whether the row's hash is right and continues from `previous_hash` (GENESIS for the first of an epoch)."""
    computed = event_hash(
        event.terminal_id,
        event.epoch,
        event.seq,
        event.previous_hash,
        event.at,
        event.type,
        event.schema,
        event.body,
        profile,
    )
    return event.previous_hash == previous_hash and event.hash == computed
