"""The journals of the terminals, in batches."""

from __future__ import annotations

from fastapi import APIRouter

from central.api.calling import ServiceDep, TerminalDep
from central.ingest.receive import Accepted, Broken, Foreign, Fork, Gap, Receipt, check, receive
from central.refusal import RefusalError
from shared.wire.events import EventBatch, EventBatchAnswer
from shared.wire.problem import Problem

router = APIRouter()


@router.post("/v1/events")
def receive_events(central: ServiceDep, terminal: TerminalDep, batch: EventBatch) -> EventBatchAnswer:
    """Keeps every event once. A batch that does not join on, or is not as signed, is refused whole."""
    events = [document.to_domain() for document in batch.events]
    profile = check(terminal, events)
    if isinstance(profile, Broken | Foreign):
        return _answer(profile)
    now = central.clock.now()
    return _answer(
        central.database.write(lambda session: receive(session, central.site_id, terminal, events, profile, now))
    )


def _answer(receipt: Receipt) -> EventBatchAnswer:
    match receipt:
        case Accepted(through, results):
            return EventBatchAnswer(acked_through=through, results=results)
        case Gap(expected):
            raise RefusalError(Problem.SEQUENCE_GAP, expected_seq=expected)
        case Fork(seq):
            raise RefusalError(Problem.FORKED, seq=seq)
        case Broken(seq):
            raise RefusalError(Problem.BROKEN_CHAIN, seq=seq)
        case Foreign(seq):
            raise RefusalError(Problem.WRONG_JOURNAL, seq=seq)
