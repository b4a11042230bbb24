"""What gates tell central and ask of it: admissions as they were scanned, and the state of one ticket."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.wire.base import Hex8, Hex16, Instant, Name, Number, WireModel

MAX_ADMISSIONS = 200

TicketState = Literal["live", "voided", "ended", "revoked"]


class Admission(WireModel):
    """A ticket was scanned and let in. `at` is the gate's time; `lease_id` and `k` stand in the ticket."""

    ticket_id: Hex16
    lease_id: Hex8
    k: Number
    gate: Name
    at: Instant


class AdmissionBatch(WireModel):
    """Sent again as often as needed: an admission already known changes nothing."""

    admissions: Annotated[list[Admission], Field(min_length=1, max_length=MAX_ADMISSIONS)]


class AdmissionResult(WireModel):
    """`again`: the ticket was let in before, by another scan; both are kept, and a person is told."""

    ticket_id: Hex16
    outcome: Literal["stored", "duplicate", "again"]


class AdmissionAnswer(WireModel):
    """One result for each, in their order."""

    results: list[AdmissionResult]


class TicketStanding(WireModel):
    """What central knows of a ticket. `admitted_at` and `gate` are those of the first scan, empty before."""

    ticket_id: Hex16
    state: TicketState
    product_id: Name
    category_id: Name
    admitted_at: str = ""
    gate: str = ""


class Revocation(WireModel):
    """A person has a ticket open nothing any more."""

    author: Name
    reason: Name
