"""A terminal's journal on its way up: a batch of events and what central did with each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from shared.domain.journal import JournalEvent
from shared.wire.base import Count, Hex32, Hex64, Instant, Name, Number, WireModel

MAX_EVENTS = 500

EventOutcome = Literal["stored", "duplicate", "flagged"]


class EventDocument(WireModel):
    """One row of the journal. The body is kept as it came, whatever its type, for the hash is over all of it."""

    terminal_id: Name
    epoch: Number
    seq: Number
    previous_hash: Hex32
    at: Instant
    type: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    event_schema: Annotated[int, Field(alias="schema", ge=1, le=65535)]
    body: dict[str, JsonValue]
    hash: Hex32
    signature: Hex64

    @staticmethod
    def of(event: JournalEvent) -> EventDocument:
        return EventDocument.model_validate(
            {
                "terminal_id": event.terminal_id,
                "epoch": event.epoch,
                "seq": event.seq,
                "previous_hash": event.previous_hash.hex(),
                "at": event.at,
                "type": event.type,
                "schema": event.schema,
                "body": dict(event.body),
                "hash": event.hash.hex(),
                "signature": event.signature.hex(),
            }
        )

    def to_domain(self) -> JournalEvent:
        return JournalEvent(
            terminal_id=self.terminal_id,
            epoch=self.epoch,
            seq=self.seq,
            previous_hash=bytes.fromhex(self.previous_hash),
            at=self.at,
            type=self.type,
            schema=self.event_schema,
            body=self.body,
            hash=bytes.fromhex(self.hash),
            signature=bytes.fromhex(self.signature),
        )


class EventBatch(WireModel):
    """Events of one epoch in order without a gap; at most MAX_EVENTS and MAX_REQUEST_BYTES."""

    events: Annotated[list[EventDocument], Field(min_length=1, max_length=MAX_EVENTS)]


class EventResult(WireModel):
    """`flagged`: kept, and raised as an exception that a supervisor settles; `remark` says why."""

    seq: Number
    outcome: EventOutcome
    remark: str = ""


class EventBatchAnswer(WireModel):
    """Central has everything of the epoch up to `acked_through`."""

    acked_through: Count
    results: list[EventResult]
