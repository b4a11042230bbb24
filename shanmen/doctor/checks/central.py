"""The line to central, and the clock against central's."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from ipaddress import ip_address
from typing import assert_never
from urllib.parse import urlsplit

from shanmen.doctor.finding import Finding
from shanmen.doctor.machine import Machine
from shared.security.keys import SigningKey
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.wire.about import Summary, VersionInfo
from shared.wire.base import WireModel

PATIENCE = Patience(connect=3.0, answer=10.0)
_RIGHT_SECONDS = 10.0
_FAR_SECONDS = 120.0


def look_at_central(machine: Machine) -> Iterator[Finding]:
    """Asks central once; an enrolled terminal asks something that only terminals may."""
    if machine.settings is None:
        return
    url = machine.settings.central.url
    if is_in_clear(url):
        yield Finding("CENTRAL_IN_CLEAR", facts={"url": url})
    key = machine.key
    with closing(CentralClient(url, key or SigningKey.generate(), machine.look.clock, secrets.token_bytes)) as client:
        begun = machine.look.clock.monotonic()
        answer = _ask(client, is_terminal=key is not None)
        milliseconds = f"{(machine.look.clock.monotonic() - begun) * 1000:.0f}"
        yield _line(answer, url, milliseconds)
        yield _clock(client.seconds_behind)


def _ask(client: CentralClient, *, is_terminal: bool) -> Answer[WireModel]:
    if is_terminal:
        return client.get("/v1/summary", Summary, PATIENCE)
    return client.get("/v1/version", VersionInfo, PATIENCE)


def _line(answer: Answer[WireModel], url: str, milliseconds: str) -> Finding:
    match answer:
        case Ok():
            return Finding("CENTRAL_ANSWERS", facts={"milliseconds": milliseconds})
        case Refused(problem):
            return Finding("CENTRAL_REFUSES", facts={"number": str(problem.number), "reason": problem.title})
        case Unreachable("not_central"):
            return Finding("CENTRAL_IS_ANOTHER", facts={"url": url})
        case Unreachable():
            return Finding("CENTRAL_SILENT", facts={"url": url})
        case _:
            assert_never(answer)


def _clock(behind: float | None) -> Finding:
    if behind is None:
        return Finding("CLOCK_NOT_COMPARED")
    facts = {"seconds": f"{abs(behind):.0f}"}
    if abs(behind) <= _RIGHT_SECONDS:
        return Finding("CLOCK_RIGHT", facts=facts)
    return Finding("CLOCK_OFF" if abs(behind) <= _FAR_SECONDS else "CLOCK_FAR_OFF", facts=facts)


def is_in_clear(url: str) -> bool:
    """Whether others on the way can read along: plain HTTP is for central on the same machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        here = ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    return parts.scheme == "http" and not here
