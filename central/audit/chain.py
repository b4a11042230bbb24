"""Writing an entry of the audit chain, and proving the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.storage.sequences import next_number
from central.storage.tables import AuditAnchorRow, AuditRow
from shared.domain.canonical import canonical, instant_text

CENTRAL = "central"  # the author of what nobody asked for
_GENESIS = bytes(32)


def record(
    session: Session, site_id: str, now: datetime, author: str, action: str, subject: str, **detail: object
) -> None:
    """Adds an entry in the transaction of what it tells of. `detail` holds JSON values and nothing personal."""
    number = next_number(session, site_id, "audit")  # from here on nobody else adds
    before = session.get_one(AuditRow, (site_id, number - 1)).hash if number > 1 else _GENESIS
    document = canonical(detail)
    digest = _hash(before, number, now, author, action, subject, document)
    session.add(
        AuditRow(
            site_id=site_id,
            number=number,
            at=now,
            author=author,
            action=action,
            subject=subject,
            document=document,
            hash=digest,
        )
    )


def first_broken(session: Session, site_id: str) -> int | None:
    """The number of the first entry that is not as it was written; None when the chain holds."""
    anchor = session.get(AuditAnchorRow, site_id)  # what was purged ends there
    before, purged = (anchor.hash, anchor.number) if anchor is not None else (_GENESIS, 0)
    rows = session.scalars(select(AuditRow).filter_by(site_id=site_id).order_by(AuditRow.number))
    for number, row in enumerate(rows, purged + 1):
        expected = _hash(before, number, row.at, row.author, row.action, row.subject, row.document)
        if row.number != number or row.hash != expected:
            return number
        before = row.hash
    return None


def _hash(before: bytes, number: int, at: datetime, author: str, action: str, subject: str, document: bytes) -> bytes:
    fields: Mapping[str, object] = {
        "before": before.hex(),
        "number": number,
        "at": instant_text(at),
        "author": author,
        "action": action,
        "subject": subject,
        "document": document.decode(),
    }
    return hashlib.sha256(canonical(fields)).digest()
