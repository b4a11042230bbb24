"""One HTTPS exchange with a payment gateway: a request out, an answer of bounded size and time back."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPException

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as HTTPTimeoutError

MAX_ANSWER_BYTES = 64 * 1024


class LineError(Exception):
    """No answer, or none that may be believed. The message is a short cause without any content of the answer."""


def exchange(
    prepared: requests.PreparedRequest, timeout_seconds: float, ca_file: str
) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and body of the answer. Raises LineError.

    `timeout_seconds` is the longest silence, and the whole time that the body may take. An empty `ca_file` stands for
    the well-known authorities.
    """
    deadline = time.monotonic() + timeout_seconds
    # The adapter is used without a session: no redirects, cookies, proxies or .netrc from the surroundings.
    try:
        with (
            closing(HTTPAdapter(max_retries=0)) as adapter,
            closing(adapter.send(prepared, stream=True, timeout=timeout_seconds, verify=ca_file or True)) as response,
        ):
            return response.status_code, response.headers, _read(response, deadline)
    except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
        raise LineError(_cause(error)) from error


def _read(response: requests.Response, deadline: float) -> str:
    """The body as text. Raises LineError when it is too long or too slow, ValueError when it is not UTF-8."""
    body = bytearray()
    # `read1` takes what is there, so that an answer which trickles in meets the deadline.
    while piece := response.raw.read1(4096, decode_content=False):
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise LineError("answer too long")
        if time.monotonic() > deadline:
            raise LineError("answer too slow")
    return body.decode("utf-8")


def _cause(error: Exception) -> str:
    match error:
        case requests.exceptions.SSLError():
            return "TLS refused"
        case requests.Timeout() | HTTPTimeoutError():
            return "time-out"
        case _:
            return type(error).__name__
