"""A process that has imported everything and forks one child for each run: a start costs milliseconds, not a second.

Run as `python -m tests.crash.nursery`; one JSON object a line on standard input, the child's exit status on the output.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Literal

from drivers.contracts.printer import QrCode
from drivers.printer.profile import load_profiles
from drivers.printer.rendering import Renderer
from drivers.printer.typeface import find_typeface
from shared.storage.database import Database
from tests.crash.booth import Booth, Parts, open_booth
from tests.crash.points import Points
from tests.crash.providers import PROVIDERS
from tests.crash.scenarios import SCENARIOS, Scenario

_CHILD_SECONDS = 40
Part = Literal["before", "visit", "restart"]  # the last: start up and finish what is open
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Errand:
    """One process: play a part of a scenario. `kill_at` 0: live."""

    folder: str
    database: str
    printer: str
    scenario: str
    part: Part
    kill_at: int


class Nursery:
    """The client's side."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def send(self, errand: Errand) -> bool:
        """Runs it to its end; True when it was killed at its point. Raises AssertionError when it failed."""
        requests, answers = self._pipes()
        requests.write(json.dumps(asdict(errand)) + "\n")
        requests.flush()
        status = int(answers.readline() or "1")
        said = (Path(errand.folder) / "process.log").read_text(errors="replace") if status not in (0, -9) else ""
        assert status in (0, -signal.SIGKILL), f"the process ended with {status}:\n{said[-4000:]}"
        return status != 0

    def close(self) -> None:
        requests, answers = self._pipes()
        requests.close()
        answers.close()
        self._process.wait()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


@contextmanager
def open_nursery(settings: Mapping[str, Mapping[str, object]]) -> Iterator[Nursery]:
    """A nursery whose children pay by these methods, set up so."""
    command = [sys.executable, "-m", "tests.crash.nursery", json.dumps(settings)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    nursery = Nursery(process)
    try:
        yield nursery
    finally:
        nursery.close()


def _serve(parts: Parts) -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is logged is no answer
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _live(Errand(**json.loads(line)), parts)
        _, status = os.waitpid(child, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


def _live(errand: Errand, parts: Parts) -> None:
    signal.alarm(_CHILD_SECONDS)
    folder = Path(errand.folder)
    log = os.open(folder / "process.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    status = 1
    try:
        scenario = SCENARIOS[errand.scenario]
        points = Points(folder / "points", errand.kill_at)
        with open_booth(Path(errand.database), errand.printer, parts, scenario.method, points) as booth:
            _act(scenario, errand.part, booth)
        status = 0
    except BaseException:  # noqa: BLE001 - the child must never go back into the parent's loop
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        os._exit(status)


def _act(scenario: Scenario, part: Part, booth: Booth) -> None:
    match part:
        case "before" if scenario.before is not None:
            scenario.before(booth)
        case "visit":
            scenario.visit(booth)
        case _:
            booth.restart()


def _learn_everything(parts: Parts) -> None:
    """Loads what is loaded at first use, once for all children: migrations, QR codes, fonts."""
    with tempfile.TemporaryDirectory() as folder:
        Database(Path(folder) / "first.sqlite").close()
    Renderer(load_profiles()["80mm"], parts.typeface).draw(QrCode("FIRST"))


def main() -> None:
    """Forks without threads, so that a child starts in a known state."""
    settings = json.loads(sys.argv[1])
    parts = Parts({name: PROVIDERS[name].driver(told) for name, told in settings.items()}, find_typeface())
    _learn_everything(parts)
    gc.freeze()
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise SystemExit("the nursery must have one thread")
    _serve(parts)


if __name__ == "__main__":
    main()
