"""One-time enrolment codes: `K7QM-2XWD-9RTF`, read aloud and typed by a person."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.storage.tables import EnrolmentCodeRow
from central.storage.tables.fleet import KIOSK

# Crockford's base 32: no I, L, O or U; what is mistyped for a digit is read as that digit.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_LABEL = 4  # the first letters name the code; the others, 40 bits, are its secret
_LENGTH = 12
VALID_FOR = timedelta(minutes=30)
ATTEMPTS = 5


def create_code(
    session: Session,
    site_id: str,
    now: datetime,
    random_bytes: Callable[[int], bytes],
    valid_for: timedelta = VALID_FOR,
    attempts: int = ATTEMPTS,
    mode: str = KIOSK,
) -> str:
    """Makes a code that enrols one terminal of a mode. Only here is it seen whole; the table keeps a digest."""
    code = "".join(_ALPHABET[byte % 32] for byte in random_bytes(_LENGTH))
    session.merge(
        EnrolmentCodeRow(
            site_id=site_id,
            label=code[:_LABEL],
            secret_digest=_digest(code),
            expires_at=now + valid_for,
            attempts_left=attempts,
            used_at=None,
            mode=mode,
        )
    )
    return "-".join(code[i : i + 4] for i in range(0, _LENGTH, 4))


def redeem(session: Session, site_id: str, text: str, now: datetime) -> str | None:
    """Uses a code up; the mode it was made for, or None.

    A wrong secret costs one of its attempts; a code without attempts is refused even if right.
    """
    code = _normal(text)
    query = select(EnrolmentCodeRow).filter_by(site_id=site_id, label=code[:_LABEL]).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None or row.used_at is not None or row.attempts_left < 1 or now >= row.expires_at:
        return None
    if not hmac.compare_digest(row.secret_digest, _digest(code)):
        row.attempts_left -= 1
        return None
    row.used_at = now
    return row.mode


def _normal(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(_MISREAD)


def _digest(code: str) -> bytes:
    return hashlib.sha256(b"shanmen enrolment\x00" + code.encode()).digest()
