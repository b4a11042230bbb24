"""A print service's queue over HTTP: questions answered, jobs handed over; what failed is told apart by how much
of a job may have been taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

import requests

from drivers.printer.cups.ipp import IppAnswer, Operation, print_job, read_answer, request

_HEADERS = {"Content-Type": "application/ipp"}
_PORT = 631


class QueueError(Exception):
    """The service did not answer. `cause` is one short phrase; `untouched`: nothing can have reached it."""

    def __init__(self, cause: str, untouched: bool) -> None:
        super().__init__(cause)
        self.cause = cause
        self.untouched = untouched


@dataclass(frozen=True, slots=True)
class QueueAddress:
    """`ipp://HOST[:PORT]/printers/NAME`."""

    uri: str
    url: str

    @classmethod
    def parse(cls, text: str) -> QueueAddress:
        """Raises ValueError with half a sentence."""
        parts = urlsplit(text)
        if parts.scheme != "ipp" or not parts.hostname or not parts.path.strip("/"):
            raise ValueError("is not of the form ipp://HOST/printers/NAME")
        return cls(text, f"http://{parts.hostname}:{parts.port or _PORT}{parts.path}")


class PrintQueue:
    """One queue. Every call raises QueueError after `seconds` without an answer."""

    def __init__(self, address: QueueAddress, seconds: float) -> None:
        self._address = address
        self._seconds = seconds
        self._numbers = count(1)
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the surroundings is not for the machine's own print service

    def close(self) -> None:
        self._session.close()

    def printer(self, wanted: Sequence[str]) -> IppAnswer:
        """Get-Printer-Attributes."""
        return self._ask(
            request(Operation.GET_PRINTER_ATTRIBUTES, next(self._numbers), self._address.uri, wanted=wanted)
        )

    def job(self, job_id: int, wanted: Sequence[str]) -> IppAnswer:
        """Get-Job-Attributes."""
        number = next(self._numbers)
        return self._ask(request(Operation.GET_JOB_ATTRIBUTES, number, self._address.uri, job_id=job_id, wanted=wanted))

    def submit(self, job_name: str, data: bytes) -> IppAnswer:
        """Print-Job."""
        return self._ask(print_job(next(self._numbers), self._address.uri, job_name, data))

    def _ask(self, body: bytes) -> IppAnswer:
        try:
            answer = self._session.post(self._address.url, data=body, headers=_HEADERS, timeout=self._seconds)
        except requests.ConnectTimeout as error:
            raise QueueError("the print service does not answer", untouched=True) from error
        except requests.RequestException as error:
            refused = "refused" in str(error).lower()
            raise QueueError("no print service there" if refused else "the line was lost", untouched=refused) from error
        told = read_answer(answer.content) if answer.status_code == requests.codes.ok else None
        if told is None:
            raise QueueError(f"the print service answers with HTTP {answer.status_code}", untouched=False)
        return told
