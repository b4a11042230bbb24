"""The journal on its way up (design: sync.md, Up)."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from shared.domain.journal import JournalEvent
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.sync.ports import SyncStore
from shared.wire.base import MAX_REQUEST_BYTES
from shared.wire.events import MAX_EVENTS, EventBatchAnswer, EventDocument
from shared.wire.problem import Problem, ProblemDocument

log = structlog.get_logger()
_AROUND = b'{"events":[', b"]}"
# Central has looked at the events and will not change its mind: asking again brings nothing.
_FINAL = {p.number for p in (Problem.FORKED, Problem.BROKEN_CHAIN, Problem.WRONG_JOURNAL, Problem.INVALID)}


class Uploader:
    """Sends what central has not acknowledged, in order. A refusal that is final stays, with its first cause."""

    def __init__(self, client: CentralClient, store: SyncStore) -> None:
        self._client = client
        self._store = store
        self._most = MAX_EVENTS
        self.halted: ProblemDocument | None = None

    def run(self) -> Answer[int]:
        """Sends everything there is; returns how many events were acknowledged."""
        sent = 0
        after = self._store.acknowledged()
        while self.halted is None and (events := self._store.journal_after(after, self._most)):
            batch, body = _batch(events)
            answer = self._client.post("/v1/events", body, EventBatchAnswer, Patience())
            match answer:
                case Ok(received):
                    after = self._acknowledge(received)
                    sent += len(batch)
                case Refused(problem):
                    resume = self._resume(problem, after, len(batch))
                    if resume is None:
                        return answer
                    after = resume
                case Unreachable():
                    return answer
        return Ok(sent)

    def _acknowledge(self, received: EventBatchAnswer) -> int:
        flags = {result.seq: result.remark for result in received.results if result.outcome == "flagged"}
        self._store.acknowledge(received.acked_through, flags)
        return received.acked_through

    def _resume(self, problem: ProblemDocument, after: int, size: int) -> int | None:
        """Where to go on after a refusal; None: not now, or never."""
        if problem.number == Problem.SEQUENCE_GAP.number and problem.expected_seq and problem.expected_seq <= after:
            log.warning("central_lacks_events", acknowledged=after, expected=problem.expected_seq)
            return problem.expected_seq - 1
        if problem.number == Problem.TOO_LARGE.number and size > 1:
            self._most = size // 2
            return after
        if problem.number in _FINAL or problem.number == Problem.TOO_LARGE.number:
            log.error("journal_refused", problem=problem.number, seq=problem.seq)
            self.halted = problem
        return None


def _batch(events: Sequence[JournalEvent]) -> tuple[Sequence[JournalEvent], bytes]:
    """As many events from the first on as fit into one request, at least one, and the request's body."""
    parts: list[bytes] = []
    size = len(_AROUND[0]) + len(_AROUND[1])
    for event in events:
        part = EventDocument.of(event).model_dump_json(by_alias=True).encode()
        size += len(part) + 1
        if parts and size > MAX_REQUEST_BYTES:
            break
        parts.append(part)
    return events[: len(parts)], _AROUND[0] + b",".join(parts) + _AROUND[1]
