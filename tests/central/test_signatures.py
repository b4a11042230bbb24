from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from shared.wire.base import MAX_REQUEST_BYTES
from shared.wire.problem import Problem
from tests.central.world import TEN, RunningCentral, Terminal, problem, send

WANTS = {"wants": [{"slot": str(TEN), "units": 1}], "holding": []}


def test_without_a_signature_nothing_is_told(central: RunningCentral) -> None:
    answer = requests.get(central.url + "/v1/feed", timeout=5)
    assert problem(answer) == Problem.UNSIGNED.number


def test_a_key_that_is_not_enrolled_is_unknown(central: RunningCentral) -> None:
    assert problem(Terminal(central).call("GET", "/v1/feed")) == Problem.UNKNOWN_TERMINAL.number


def test_a_signature_by_another_key_is_refused(terminal: Terminal) -> None:
    request = terminal.request("GET", "/v1/feed")
    other = Terminal(terminal.central).request("GET", "/v1/feed")
    request.headers["Signature"] = other.headers["Signature"]
    assert problem(send(request)) == Problem.WRONG_SIGNATURE.number


def test_a_request_made_twice_is_refused_the_second_time(terminal: Terminal) -> None:
    request = terminal.request("POST", "/v1/leases", WANTS)
    assert send(request).status_code == 200
    assert problem(send(request)) == Problem.REPLAYED.number


def test_an_altered_body_is_refused(terminal: Terminal) -> None:
    request = terminal.request("POST", "/v1/leases", WANTS)
    assert isinstance(request.body, bytes)
    request.body = request.body.replace(b'"units": 1', b'"units": 9')
    assert problem(send(request)) == Problem.WRONG_SIGNATURE.number


def test_an_altered_body_with_its_own_digest_is_refused(terminal: Terminal) -> None:
    request = terminal.request("POST", "/v1/leases", WANTS)
    more = terminal.request("POST", "/v1/leases", {**WANTS, "wants": []})
    request.body, request.headers["Content-Digest"] = more.body, more.headers["Content-Digest"]
    request.headers["Content-Length"] = more.headers["Content-Length"]
    assert problem(send(request)) == Problem.WRONG_SIGNATURE.number


def test_another_address_than_the_signed_one_is_refused(terminal: Terminal) -> None:
    request = terminal.request("GET", "/v1/feed?after=0")
    request.url = terminal.central.url + "/v1/feed?after=1"
    assert problem(send(request)) == Problem.WRONG_SIGNATURE.number


@pytest.mark.parametrize("away", [timedelta(days=-3), timedelta(minutes=-6), timedelta(minutes=6), timedelta(days=3)])
def test_a_signature_of_another_time_is_refused_and_told_the_time(terminal: Terminal, away: timedelta) -> None:
    request = terminal.request("GET", "/v1/feed")
    terminal.central.clock.shift += away
    answer = send(request)
    assert problem(answer) == Problem.WRONG_TIME.number
    assert answer.headers["Central-Time"].startswith((terminal.central.clock.now()).strftime("%Y-%m-%dT%H"))


@pytest.mark.parametrize("garbage", ["", "x", 'sig=("@method");created=1', "sig=:####:", "sig=?1"])
def test_garbage_in_the_headers_is_refused(terminal: Terminal, garbage: str) -> None:
    for header in ("Signature", "Signature-Input", "Content-Digest"):
        request = terminal.request("GET", "/v1/feed")
        request.headers[header] = garbage
        assert problem(send(request)) in {Problem.WRONG_SIGNATURE.number, Problem.UNSIGNED.number}


def test_a_body_over_the_limit_is_refused_before_it_is_read_as_json(terminal: Terminal) -> None:
    request = terminal.request("POST", "/v1/leases", {"x": "[" * (MAX_REQUEST_BYTES + 1)})
    assert problem(send(request)) == Problem.TOO_LARGE.number


def test_a_body_over_the_limit_without_a_length_is_refused(central: RunningCentral) -> None:
    pieces = (b"[" * 65536 for _ in range(20))
    answer = requests.post(central.url + "/v1/leases", data=pieces, timeout=20)
    assert problem(answer) == Problem.TOO_LARGE.number


def test_deep_json_is_a_problem_document(central: RunningCentral) -> None:
    answer = requests.post(central.url + "/v1/leases", data=b"[" * 100_000, timeout=20)
    assert problem(answer) in {Problem.BAD_REQUEST.number, Problem.INVALID.number, Problem.UNSIGNED.number}


def test_unknown_addresses_and_methods_are_problem_documents(central: RunningCentral) -> None:
    assert problem(requests.get(central.url + "/v2/everything", timeout=5)) == Problem.NOT_FOUND.number
    assert problem(requests.delete(central.url + "/v1/keys", timeout=5)) == Problem.METHOD_NOT_ALLOWED.number
