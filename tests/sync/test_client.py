"""Answers that are not central's, and central's that are not yes."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from drivers.emulators.network_line import NetworkLine
from shared.security.keys import SigningKey
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.sync.enrolment import enrol
from shared.sync.pace import Beat, Pace
from shared.wire.about import VersionInfo
from shared.wire.problem import Problem
from tests.central.world import SetClock
from tests.sync.conftest import Kiosk

QUICK = Patience(connect=0.5, answer=0.5)


@contextmanager
def answering(raw: bytes) -> Iterator[str]:
    """Somebody on the line who says `raw` to whatever is asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            call, _ = server.accept()
            with call:
                call.recv(65536)
                call.sendall(raw)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def ask(url: str, path: str = "/v1/version") -> Answer[VersionInfo]:
    client = CentralClient(url, SigningKey.generate(), SetClock(), secrets.token_bytes)
    answer = client.get(path, VersionInfo, QUICK)
    client.close()
    return answer


def test_an_answer_is_a_value(kiosk: Kiosk) -> None:
    assert isinstance(ask(kiosk.url), Ok)


def test_a_refusal_brings_its_problem(kiosk: Kiosk) -> None:
    client = kiosk.client()
    answer = enrol(client, kiosk.key, "ABCD-EFGH-JKMN", "kiosk")
    client.close()
    assert isinstance(answer, Refused)
    assert answer.problem.number == Problem.CODE_REFUSED.number


def test_nobody_there(line: NetworkLine) -> None:
    line.cut()
    assert ask(f"http://{line.host}:{line.port}") == Unreachable("no_connection")


def test_somebody_who_never_answers(line: NetworkLine) -> None:
    line.delay(10)
    assert ask(f"http://{line.host}:{line.port}") == Unreachable("timed_out")


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
        b'HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{"sales":9,"tickets":9,"total_minor":9}  ',
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/login\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_a_login_page_or_a_proxy_is_not_central(raw: bytes) -> None:
    with answering(raw) as url:
        assert ask(url) == Unreachable("not_central")


def test_central_may_ask_to_wait() -> None:
    body = b'{"type":"x","title":"x","status":429,"number":1500}'
    head = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: %d\r\n\r\n" % len(body)
    with answering(head + body) as url:
        answer = ask(url)
    assert isinstance(answer, Refused)
    assert answer.retry_after == 7


@pytest.mark.parametrize(("jitter", "longest"), [(lambda: 0.0, 0.0), (lambda: 1.0, 2.0)])
def test_pauses_grow_to_a_bound_and_start_anew(jitter: Callable[[], float], longest: float) -> None:
    pace = Pace(Beat(interval=0.5, longest_pause=2.0), jitter)
    pauses = [pace.after_failure() for _ in range(50)]
    assert pauses == sorted(pauses)
    assert max(pauses) == longest
    assert pace.after_success() == 0.5
    assert pace.after_failure() == pauses[0]
