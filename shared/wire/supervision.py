"""What a supervisor decides at a window: exceptions of the journals, stranded leases, the windows' reserve."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.wire.base import Count, Hex8, Instant, Name, Number, SlotText, WireModel

Note = Annotated[str, StringConstraints(max_length=500)]

# accepted: seen, nothing to do; retried: folded in after its cause was mended; cash_difference: booked as a difference
# of the till; corrected: put right by another document.
Settlement = Literal["accepted", "retried", "cash_difference", "corrected"]


class ExceptionDocument(WireModel):
    """An event that was kept and needs a person. `detail` holds nothing personal."""

    terminal_id: Name
    epoch: Number
    seq: Number
    type: str
    kind: str
    detail: str
    raised_at: Instant


class ExceptionPage(WireModel):
    """Open exceptions, the oldest first; `more` says that there are others."""

    exceptions: list[ExceptionDocument]
    more: bool


class ExceptionSettlement(WireModel):
    """How, by whom (a staff id), and why."""

    how: Settlement
    author: Name
    note: Note = ""


class StrandedLease(WireModel):
    """A lease of an epoch that its terminal left. Between `known` and `units` of its units were sold."""

    lease_id: Hex8
    terminal_id: Name
    epoch: Number
    slot: SlotText
    units: Number
    known: Count


class StrandedLeases(WireModel):
    """All of them."""

    leases: list[StrandedLease]


class WriteOff(WireModel):
    """A person says how many units of a stranded lease were sold."""

    used: Count
    author: Name


class ReserveChange(WireModel):
    """How many places of a slot only windows sell from now on."""

    places: Annotated[int, Field(ge=0, le=1_000_000)]
    author: Name


class SlotStanding(WireModel):
    """Where the places of a slot are: sold + outstanding + free = capacity - reserve."""

    slot: SlotText
    capacity: Count
    reserve: Count
    free: Count
    outstanding: Count
    sold: Count
    held: Count
    booked: Count
    oversold: Count
