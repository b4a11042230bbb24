"""Asking central over HTTP: signed, with time-outs, every answer a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import requests
from pydantic import ValidationError
from requests import PreparedRequest, Response

from shared.domain.canonical import parse_instant
from shared.domain.clock import Clock
from shared.security.keys import SigningKey
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.signing import RequestSigner
from shared.wire.base import WireModel
from shared.wire.problem import Problem, ProblemDocument
from shared.wire.signing import CENTRAL_TIME

M = TypeVar("M", bound=WireModel)
_MOST_PATIENT = 300.0  # a longer Retry-After is taken as this, seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection and for each answer."""

    connect: float = 1.0
    answer: float = 10.0


class CentralClient:
    """One session with central; used by one thread. `base_url` has no path."""

    def __init__(self, base_url: str, key: SigningKey, clock: Clock, random_bytes: Callable[[int], bytes]) -> None:
        self._base_url = base_url.rstrip("/")
        self._signer = RequestSigner(key, random_bytes)
        self._clock = clock
        self._heard: tuple[datetime, float] | None = None  # central's time, and ours (monotonic) as it came
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy or password by way of the environment

    def get(self, path: str, model: type[M], patience: Patience) -> Answer[M]:
        """Asks for `path` (with its query)."""
        return self._ask("GET", path, b"", model, patience)

    def post(self, path: str, body: bytes, model: type[M], patience: Patience) -> Answer[M]:
        """Sends `body`, JSON, to `path`."""
        return self._ask("POST", path, body, model, patience)

    @property
    def seconds_behind(self) -> float | None:
        """By how much our wall clock was behind central's at its last answer; None before there was one.

        It came unsigned: good for showing, not for leases.
        """
        if self._heard is None:
            return None
        return (self._central_now() - self._clock.now()).total_seconds()

    def close(self) -> None:
        self._session.close()

    def _ask(self, method: str, path: str, body: bytes, model: type[M], patience: Patience) -> Answer[M]:
        answer = self._once(method, path, body, model, patience)
        match answer:
            case Refused(problem) if problem.number == Problem.WRONG_TIME.number and self._heard is not None:
                return self._once(method, path, body, model, patience)  # the refusal brought central's time
            case _:
                return answer

    def _once(self, method: str, path: str, body: bytes, model: type[M], patience: Patience) -> Answer[M]:
        request = self._prepared(method, path, body)
        self._signer.sign(request, body, self._central_now())
        try:
            response = self._session.send(
                request, timeout=(patience.connect, patience.answer), allow_redirects=False, verify=True
            )
        except requests.Timeout:
            return Unreachable("timed_out")
        except requests.RequestException:
            return Unreachable("no_connection")
        self._listen(response)
        return _read(response, model)

    def _prepared(self, method: str, path: str, body: bytes) -> PreparedRequest:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        request = requests.Request(method, self._base_url + path, headers=headers, data=body or None)
        return self._session.prepare_request(request)

    def _central_now(self) -> datetime:
        """Only for signing: a time that came over the line, unsigned, never lengthens a lease."""
        if self._heard is None:
            return self._clock.now()
        time, monotonic = self._heard
        return time + timedelta(seconds=self._clock.monotonic() - monotonic)

    def _listen(self, response: Response) -> None:
        try:
            self._heard = parse_instant(response.headers[CENTRAL_TIME]), self._clock.monotonic()
        except (KeyError, ValueError):  # not central's answer; `_read` finds out
            return


def _read(response: Response, model: type[M]) -> Answer[M]:
    """An answer without the agreed form is somebody else's: a proxy, the login page of a network."""
    try:
        if response.ok and CENTRAL_TIME in response.headers:
            return Ok(model.model_validate_json(response.content))
        return Refused(ProblemDocument.model_validate_json(response.content), _retry_after(response))
    except ValidationError:
        return Unreachable("not_central")


def _retry_after(response: Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    return min(float(text), _MOST_PATIENT) if text.isascii() and text.isdigit() else None
