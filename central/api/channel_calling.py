"""Which channel calls: its key, its scope, its rate, and the one effect of a request."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from central.channels.admission import ChannelDoor
from central.channels.idempotency import Once, OvertakenError, once
from central.channels.registry import Channel, channel_of
from central.refusal import RefusalError
from central.service import Central
from shared.wire.base import WireModel
from shared.wire.channel import Scope
from shared.wire.problem import Problem

M = TypeVar("M", bound=WireModel)
_BEARER = HTTPBearer(auto_error=False, scheme_name="channel-key", description="A channel's key, as it was given once")
_TWINS_EFFECT = {Problem.REFERENCE_USED.number, Problem.WRONG_STATE.number}
_KEY_LENGTHS = range(8, 121)


async def door_at(request: Request) -> ChannelDoor:
    """The door of the application that received the request."""
    return cast(ChannelDoor, request.app.state.door)


DoorDep = Annotated[ChannelDoor, Depends(door_at)]


def calling_channel(door: DoorDep, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Channel:
    """The channel of the request's key, within its rate. Raises RefusalError."""
    channel = door.who(given.credentials) if given is not None and given.credentials.isascii() else None
    if channel is None:
        raise RefusalError(Problem.KEY_REFUSED)
    wait = door.wait(channel)
    if wait:
        raise RefusalError(Problem.TOO_MANY, retry_after=math.ceil(wait))
    return channel


def door_of(central: Central) -> ChannelDoor:
    """The door of a running service."""

    def find(key: str) -> Channel | None:
        return central.database.read(lambda session: channel_of(session, central.site_id, key))

    return ChannelDoor(find, central.clock.monotonic)


def allowed(scope: Scope) -> Callable[[Channel], Awaitable[Channel]]:
    """A dependency: the calling channel, when its scopes hold `scope`."""

    async def check(channel: Annotated[Channel, Depends(calling_channel)]) -> Channel:
        if scope not in channel.scopes:
            raise RefusalError(Problem.OUT_OF_SCOPE, scope)
        return channel

    return check


async def unrepeated(
    request: Request,
    channel: Annotated[Channel, Depends(calling_channel)],
    idempotency_key: Annotated[str | None, Header(max_length=120)] = None,
) -> Once:
    """The request as its Idempotency-Key names it. Raises RefusalError when it has none."""
    if idempotency_key is None or len(idempotency_key) not in _KEY_LENGTHS or not idempotency_key.isprintable():
        raise RefusalError(Problem.KEY_NEEDED, "8 to 120 printable characters")
    return Once(channel.channel_id, idempotency_key, request.method, request.url.path, await request.body())


OnceDep = Annotated[Once, Depends(unrepeated)]


def do_once(central: Central, request: Once, model: type[M], work: Callable[[Session], M], together: str = "") -> M:
    """Runs the work in one transaction with the answer that its key is given from now on."""
    now = central.clock.now()

    def attempt() -> M:
        return central.database.write(
            lambda session: once(session, central.site_id, request, model, now, work), together=together
        )

    try:
        return attempt()
    except OvertakenError:
        return attempt()
    except RefusalError as error:
        if error.document.number not in _TWINS_EFFECT:
            raise
        return attempt()  # if it was the same request's effect that is in the way, its answer is there now
