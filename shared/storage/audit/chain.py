"""The journal as a chain: no gap, every hash right and joined to the one before, signatures by the terminal's key."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.domain.journal import GENESIS, HashProfile, digest
from shared.storage.audit.identity import Epoch
from shared.storage.audit.verdict import BrokenError, rows

_ROWS = """SELECT epoch, seq, previous_hash, hash, at, type, schema, body, signature
           FROM journal ORDER BY epoch, seq"""


def check_chain(connection: sqlite3.Connection, epochs: Mapping[int, Epoch], *, every_signature: bool) -> int:
    """The number of rows of a whole chain. Raises BrokenError at the first row that breaks it.

    Each hash covers all rows before it, so the signature of an epoch's last row vouches for all of them;
    `every_signature` checks those between as well, which takes some eight times as long.
    """
    count, link = 0, _Link(epochs)
    for row in rows(connection, "journal", _ROWS):
        if row[0] != link.number:
            link.check_signature()
            link.begin_epoch(row)
        link.follow(row)
        if every_signature:
            link.check_signature()
        count += 1
    link.check_signature()
    return count


class _Link:
    """The row last read: what the next one must continue."""

    def __init__(self, epochs: Mapping[int, Epoch]) -> None:
        self._epochs = epochs
        self.number: int | None = None
        self._row: Any = None
        self._seq = 0
        self._hash = GENESIS
        self._prefix = ""
        self._hash_of: Callable[[bytes], bytes] = _hasher("sha256")
        self._key: Ed25519PublicKey | None = None
        self._types: dict[str, str] = {}

    def begin_epoch(self, row: Any) -> None:
        epoch = self._epochs.get(row[0])
        if epoch is None:
            raise BrokenError("journal", (row[0], row[1]), "its epoch was never begun")
        self.number, self._seq, self._hash = epoch.number, 0, GENESIS
        self._prefix = f"[{json.dumps(epoch.terminal_id, ensure_ascii=False)},{epoch.number},"
        self._hash_of = _hasher(epoch.profile)
        self._key = None if epoch.key is None else Ed25519PublicKey.from_public_bytes(epoch.key)

    def follow(self, row: Any) -> None:
        epoch, seq, previous, stored, at, kind, schema, body, _ = self._row = row
        self._seq += 1
        if seq != self._seq:
            raise BrokenError("journal", (epoch, self._seq), "is missing")
        if previous != self._hash:
            raise BrokenError("journal", (epoch, seq), "does not continue the row before it")
        # The bytes of the row's canonical form: the body is stored in that form already.
        text = f'{self._prefix}{seq},"{previous.hex()}","{at}",{self._named(kind)},{schema},{body}]'
        if self._hash_of(text.encode()) != stored:
            raise BrokenError("journal", (epoch, seq), "is not what its hash was made of")
        self._hash = stored

    def check_signature(self) -> None:
        """Raises BrokenError when the row last read is not signed by its epoch's key, if that is known."""
        if self._row is None or self._key is None:
            return
        try:
            self._key.verify(self._row[8], self._row[3])
        except InvalidSignature as error:
            raise BrokenError("journal", self._row[:2], "is not signed by the terminal's key") from error

    def _named(self, kind: str) -> str:
        if kind not in self._types:
            self._types[kind] = json.dumps(kind, ensure_ascii=False)
        return self._types[kind]


def _hasher(profile: HashProfile) -> Callable[[bytes], bytes]:
    return lambda data: digest(data, profile)
