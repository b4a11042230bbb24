"""Claim codes at central: what a window asks when a visitor brings a slip, and that it was honoured, once.

`GET /v1/claims/{code}` answers ClaimDocument (404 for a code that no terminal reported). `POST
/v1/claims/{code}/honouring` with an Idempotency-Key and ClaimHonouring answers ClaimDocument with `honoured` set; a
claim that was honoured before, or is not certain yet, is 409.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.wire.base import Count, Instant, Name, WireModel

MAX_TICKETS = 500

# As `shared.selling.fresh` makes them: Crockford's base 32.
ClaimCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class ClaimHonouredDocument(WireModel):
    """Who gave the bearer what, where and when."""

    terminal_id: Name
    approved_by: Name
    how: Literal["tickets", "money"]
    at: Instant


class ClaimDocument(WireModel):
    """What a claim code stands for, as far as the journal of its terminal has come up.

    `subject` is the sale or refund that left it. `minor` units are owed; with `certain` False nobody knows yet whether
    the money was taken or went back, and nothing is given out. `tickets` are serials signed and perhaps not printed.
    """

    code: ClaimCode
    terminal_id: Name
    kind: Literal["sale", "refund"]
    subject: Name
    sale_id: Name
    reason: Name
    issued_at: Instant
    currency: Currency
    minor: Count
    certain: bool
    tickets: Annotated[list[Name], Field(max_length=MAX_TICKETS)]
    honoured: ClaimHonouredDocument | None = None


class ClaimHonouring(WireModel):
    """A window is about to give the bearer what is owed: tickets, for a sale alone, or money."""

    approved_by: Name
    how: Literal["tickets", "money"]
