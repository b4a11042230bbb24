"""A document number as it may be stored: a keyed hash to count by, a ciphertext to show again, four characters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from shared.domain.canonical import canonical
from shared.domain.visitor import VisitorDocument
from shared.security.data_keys import DataKey, DataKeys
from shared.security.sm_algorithms import NotAuthenticError, hmac_sm3, seal, unseal


class FieldProblem(Enum):
    """Why a protected number cannot be read."""

    KEY_ERASED = "key_erased"
    NOT_AUTHENTIC = "not_authentic"  # another key, another record's, or altered


class FieldError(Exception):
    """A protected number that cannot be read."""

    def __init__(self, problem: FieldProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RecordId:
    """Whose number it is: a ticket of a sale (index from 0), for a purpose such as `per_person_day:entry`."""

    sale_id: str
    ticket_index: int
    purpose: str

    def to_bytes(self) -> bytes:
        """What a ciphertext is bound to."""
        return canonical([self.sale_id, self.ticket_index, self.purpose])


@dataclass(frozen=True, slots=True)
class ProtectedNumber:
    """`hash` is the same for one person, purpose and day, and says nothing across days."""

    hash: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)
    last4: str = field(repr=False)
    key_version: int


class FieldProtection:
    """Protects document numbers and reads them again. `nonces` gives 12 random bytes, other ones each time."""

    def __init__(self, keys: DataKeys, nonces: Callable[[], bytes]) -> None:
        self._keys = keys
        self._nonces = nonces

    def protect(self, document: VisitorDocument, record: RecordId, day: date) -> ProtectedNumber:
        """The number under the newest key, for one day's count and one record."""
        key = self._keys.newest
        ciphertext = seal(key.cipher_key, self._nonces(), document.number.encode(), record.to_bytes())
        return ProtectedNumber(_hash(key, document, record.purpose, day), ciphertext, document.last4, key.version)

    def hashes(self, document: VisitorDocument, purpose: str, day: date) -> tuple[bytes, ...]:
        """Every hash that the person may have been counted by: a key may have been rotated during the day."""
        return tuple(_hash(key, document, purpose, day) for key in self._keys.keys)

    def reveal(self, number: ProtectedNumber, record: RecordId) -> str:
        """The document number, to be shown and not to be kept. Raises FieldError."""
        key = self._keys.find(number.key_version)
        if key is None:
            raise FieldError(FieldProblem.KEY_ERASED)
        try:
            return unseal(key.cipher_key, number.ciphertext, record.to_bytes()).decode()
        except NotAuthenticError:
            raise FieldError(FieldProblem.NOT_AUTHENTIC) from None


def _hash(key: DataKey, document: VisitorDocument, purpose: str, day: date) -> bytes:
    return hmac_sm3(key.hash_key, canonical([purpose, day.isoformat(), document.kind.value, document.number]))
