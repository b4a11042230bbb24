"""Who calls: the service behind the request, and the terminal that signed it."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from central.fleet.signatures import Signature, SignedRequest, remember, verify
from central.fleet.terminals import Terminal, find, refuse_if_quarantined
from central.refusal import RefusalError
from central.service import Central
from central.storage.tables.fleet import WINDOW
from shared.security.keys import PublicKey
from shared.wire.problem import Problem


async def central_of(request: Request) -> Central:
    """The service of the application that received the request."""
    return cast(Central, request.app.state.central)


async def request_as_sent(request: Request) -> SignedRequest:
    """Method, address and body byte for byte, as the signature covers them."""
    scope = request.scope
    query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
    path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
    url = f"{scope['scheme']}://{request.headers.get('host', '')}{path}{query}"
    return SignedRequest(request.method, url, request.headers, await request.body())


ServiceDep = Annotated[Central, Depends(central_of)]
SentDep = Annotated[SignedRequest, Depends(request_as_sent)]


def signed_terminal(central: ServiceDep, sent: SentDep) -> Terminal:
    """The terminal in service that signed the request. Raises RefusalError."""

    def key_of(key_id: str) -> PublicKey | None:
        found = central.database.read(lambda session: find(session, central.site_id, key_id))
        return found.key if found else None

    signature = verify(sent, key_of, central.clock.now())
    return central.database.write(lambda session: _admit(session, central, signature))


def _admit(session: Session, central: Central, signature: Signature) -> Terminal:
    remember(session, central.site_id, signature)
    terminal = find(session, central.site_id, signature.key_id)
    if terminal is None:
        raise RefusalError(Problem.UNKNOWN_TERMINAL)
    refuse_if_quarantined(terminal)
    return terminal


TerminalDep = Annotated[Terminal, Depends(signed_terminal)]


async def signed_window(terminal: TerminalDep) -> Terminal:
    """A terminal at which staff stands. Raises RefusalError for another."""
    if terminal.mode != WINDOW:
        raise RefusalError(Problem.NOT_A_WINDOW)
    return terminal


WindowDep = Annotated[Terminal, Depends(signed_window)]
