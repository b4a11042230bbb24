"""The doctor's reports: taken from the terminal that signed them, kept as they came, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from central.fleet.terminals import Terminal
from central.refusal import RefusalError
from central.storage.rows import insert_absent
from central.storage.tables import CommissioningRow
from shared.domain.canonical import canonical, instant_text
from shared.wire.commissioning import (
    CommissioningEntry,
    CommissioningReceipt,
    CommissioningReport,
    SignedReport,
)
from shared.wire.problem import Problem


def take(
    session: Session, site_id: str, terminal: Terminal, signed: SignedReport, now: datetime
) -> CommissioningReceipt:
    """Keeps a report. Raises RefusalError when it is not the terminal's own or not as agreed."""
    text = _genuine(terminal, signed)
    report = _read(signed)
    if report.terminal_id not in ("", terminal.terminal_id):
        raise RefusalError(Problem.INVALID, "the report is of another terminal")
    fresh = insert_absent(
        session,
        CommissioningRow,
        site_id=site_id,
        digest=hashlib.sha256(text).digest(),
        terminal_id=terminal.terminal_id,
        verdict=report.verdict,
        made_at=report.made_at,
        received_at=now,
        document=signed.model_dump_json().encode(),
    )
    return CommissioningReceipt(outcome="stored" if fresh else "duplicate")


def reports(session: Session, site_id: str, limit: int) -> Sequence[CommissioningEntry]:
    """What there is, the newest first."""
    query = select(CommissioningRow).filter_by(site_id=site_id)
    query = query.order_by(CommissioningRow.received_at.desc(), CommissioningRow.digest).limit(limit)
    return [_entry(row) for row in session.scalars(query)]


def report(session: Session, site_id: str, digest: bytes) -> SignedReport:
    """One report with its signature, as it came. Raises RefusalError."""
    row = session.get(CommissioningRow, (site_id, digest))
    if row is None:
        raise RefusalError(Problem.NOT_FOUND, "there is no such report")
    return SignedReport.model_validate_json(row.document)


def _genuine(terminal: Terminal, signed: SignedReport) -> bytes:
    """The canonical form that was signed by the terminal's own key."""
    if signed.public_key != terminal.key.raw.hex():
        raise RefusalError(Problem.WRONG_SIGNATURE, "the report is signed with another key than the request")
    try:
        text = canonical(signed.report)
    except (TypeError, ValueError) as error:
        raise RefusalError(Problem.INVALID, "the report has no canonical form") from error
    if not terminal.key.verifies(bytes.fromhex(signed.signature), text):
        raise RefusalError(Problem.WRONG_SIGNATURE, "the report was altered")
    return text


def _read(signed: SignedReport) -> CommissioningReport:
    try:
        return CommissioningReport.model_validate(signed.report)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        raise RefusalError(Problem.INVALID, f"report.{place}") from error


def _entry(row: CommissioningRow) -> CommissioningEntry:
    return CommissioningEntry.model_validate(
        {
            "report_id": row.digest.hex(),
            "terminal_id": row.terminal_id,
            "verdict": row.verdict,
            "made_at": row.made_at,
            "received_at": instant_text(row.received_at),
        }
    )
