"""Around every request: the size limit, before anything is parsed, and central's time on every answer."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.api.problems import problem_response
from shared.domain.canonical import instant_text
from shared.domain.clock import Clock
from shared.wire.base import MAX_REQUEST_BYTES
from shared.wire.problem import Problem, ProblemDocument
from shared.wire.signing import CENTRAL_TIME

_MOST_DRAINED = 4 * MAX_REQUEST_BYTES  # a body larger than this is cut off instead of read to its end


class SizeLimit:
    """Reads the whole body, at most MAX_REQUEST_BYTES, and hands it on; a larger one is answered 413."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = None if _announced(scope) > _MOST_DRAINED else await _read(receive)
        if body is None:
            refuse = problem_response(ProblemDocument.of(Problem.TOO_LARGE), {"Connection": "close"})
            await refuse(scope, receive, send)
            return
        await self._app(scope, _Replay(body, receive), send)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


async def _read(receive: Receive) -> bytes | None:
    """The body, or None when it is too large. It is read to its end, unkept, for a sender listens only then."""
    body = bytearray()
    length, more = 0, True
    while more and length <= _MOST_DRAINED:
        message = await receive()
        part = message.get("body", b"")
        length += len(part)
        more = message["type"] == "http.request" and message.get("more_body", False)
        if length <= MAX_REQUEST_BYTES:
            body += part
    return bytes(body) if length <= MAX_REQUEST_BYTES else None


class _Replay:
    """Gives the body that was read, once, then what the connection says (that it is closed)."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class TimeStamp:
    """Puts central's time on every answer, so that a terminal with a wrong clock can sign its next request."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[CENTRAL_TIME] = instant_text(self._clock.now())
            await send(message)

        await self._app(scope, receive, stamped)
