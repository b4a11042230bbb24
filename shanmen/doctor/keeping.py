"""Where reports stay, and their way to central: what could not be sent is sent with the next one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_never

from shanmen.doctor.checks.central import PATIENCE
from shared.domain.clock import Clock
from shared.security.keys import SigningKey
from shared.sync.answers import Ok, Refused, Unreachable
from shared.sync.client import CentralClient
from shared.wire.commissioning import PATH, CommissioningReceipt, CommissioningReport, SignedReport
from shared.wire.problem import Problem

_UNSENT, _SENT = ".unsent.json", ".json"


@dataclass(frozen=True, slots=True)
class Sent:
    """Central has it and all before it."""


@dataclass(frozen=True, slots=True)
class KeptHere:
    """It is to be sent later; `cause` in a few words."""

    cause: str


class ReportFolder:
    """A folder of reports, `commissioning` in the terminal's own. A name's end says whether central has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, document: SignedReport | CommissioningReport, page: str, at: datetime) -> Path:
        """Writes the report and its page; returns the page. Only a signed one waits to be sent. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        stem = self._folder / f"{at.astimezone(UTC):%Y%m%d-%H%M%S}"
        ending = _UNSENT if isinstance(document, SignedReport) else _SENT
        text = json.dumps(document.model_dump(), ensure_ascii=False, indent=1)
        stem.with_name(stem.name + ending).write_text(text + "\n", "utf-8")
        html = stem.with_suffix(".html")
        html.write_text(page, "utf-8")
        return html

    def send(self, url: str, key: SigningKey, clock: Clock) -> Sent | KeptHere:
        """Sends what central does not have yet, oldest first, until one does not get through."""
        with closing(CentralClient(url, key, clock, secrets.token_bytes)) as client:
            for path in self._waiting():
                answer = client.post(PATH, path.read_bytes(), CommissioningReceipt, PATIENCE)
                match answer:
                    case Ok():
                        path.rename(path.with_name(path.name.removesuffix(_UNSENT) + _SENT))
                    case Refused(problem) if problem.number == Problem.NOT_FOUND.number:
                        return KeptHere("central does not take reports yet")
                    case Refused(problem):
                        return KeptHere(f"{problem.title} ({problem.number})")
                    case Unreachable(cause):
                        return KeptHere(cause.replace("_", " "))
                    case _:
                        assert_never(answer)
        return Sent()

    def _waiting(self) -> Iterator[Path]:
        return iter(sorted(self._folder.glob(f"*{_UNSENT}")))
