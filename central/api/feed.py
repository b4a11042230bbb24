"""The change feed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from central.api.calling import ServiceDep, TerminalDep
from central.feed.entries import page
from shared.wire.base import MAX_WHOLE_NUMBER
from shared.wire.feed import MAX_PAGE, FeedPage

router = APIRouter()


@router.get("/v1/feed")
def read_feed(
    central: ServiceDep,
    _terminal: TerminalDep,
    after: Annotated[int, Query(ge=0, le=MAX_WHOLE_NUMBER)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = MAX_PAGE,
) -> FeedPage:
    """The changes after a cursor, oldest first."""
    now = central.clock.now()
    return central.database.read(lambda session: page(session, central.site_id, after, limit, now))
