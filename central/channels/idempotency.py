"""One effect for one Idempotency-Key: the answer is kept in the transaction of its effect and given again.

A request that was refused did nothing and keeps no answer. Of two at the same moment the primary key lets one commit;
the other is undone and finds that one's answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import delete
from sqlalchemy.orm import Session

from central.refusal import RefusalError
from central.storage.rows import insert_absent
from central.storage.tables import AnswerRow
from shared.wire.base import WireModel
from shared.wire.problem import Problem

M = TypeVar("M", bound=WireModel)
KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Once:
    """Whose request it is, under which key, and what it says: method, address and body byte for byte."""

    channel_id: str
    key: str
    method: str
    path: str
    body: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(b"\x00".join((self.method.encode(), self.path.encode(), self.body))).digest()


class OvertakenError(Exception):
    """The same request was answered by another while this one was under way: asked again, it finds that answer."""


def once(
    session: Session, site_id: str, request: Once, model: type[M], now: datetime, work: Callable[[Session], M]
) -> M:
    """The work's answer, or the one that its key was given before. Raises RefusalError when the request is another.

    Raises OvertakenError when two came at once and this is the later one; nothing of it is done then.
    """
    key = {"site_id": site_id, "channel_id": request.channel_id, "key": request.key}
    kept = session.get(AnswerRow, tuple(key.values()))
    if kept is not None and kept.request_digest != request.digest:
        raise RefusalError(Problem.KEY_REUSED)
    if kept is not None:
        return model.model_validate_json(kept.answer)
    answer = work(session)
    text = answer.model_dump_json().encode()
    if not insert_absent(session, AnswerRow, **key, request_digest=request.digest, answer=text, made_at=now):
        raise OvertakenError
    return answer


def forget_old_answers(session: Session, site_id: str, now: datetime) -> None:
    """Drops what nobody asks for again."""
    session.execute(delete(AnswerRow).where(AnswerRow.site_id == site_id, AnswerRow.made_at < now - KEPT))
