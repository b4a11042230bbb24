"""Plays a scenario, kills it where it is told, restarts it until all is settled, and says what is wrong."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from tests.crash.evidence import gather
from tests.crash.invariants import violations
from tests.crash.nursery import Errand, Nursery, Part
from tests.crash.power import Power
from tests.crash.providers import FarSide, Order
from tests.crash.scenarios import Devices, Scenario

_STARTS_AT_MOST = 6


@dataclass(frozen=True)
class Play:
    """What came of one run: the points each process passed, and what is wrong."""

    points: Sequence[Sequence[str]]
    wrong: Sequence[str]
    outcome: str

    def where(self, kills: Sequence[int]) -> str:
        """The names of the points at which it died."""
        return ", then ".join(
            f"{at} ({passed[at - 1]})" for at, passed in zip(kills, self.points, strict=False) if at <= len(passed)
        )


@dataclass
class Stage:
    """Devices that outlive every process, and a nursery for the processes."""

    providers: Mapping[str, FarSide]
    nursery: Nursery
    template: Path  # a database with a lease and nothing sold
    folder: Path
    disk: Power | None = None  # where the database lies when the power is cut with the process
    chance: Random = field(default_factory=Random)

    def play(self, scenario: Scenario, kills: Sequence[int] = ()) -> Play:
        """The visit dies at `kills[0]`, the first restart at `kills[1]`, and so on; then it is left alone."""
        known = {order.order_no for order in self._orders()}
        folder = Path(mkdtemp(dir=self.folder))
        with EscPosPrinterEmulator() as paper:
            devices = Devices(self.providers[scenario.method], paper)
            run = _Run(self, scenario, folder, self._new_database(folder), paper.address)
            if scenario.before:
                run.process("before", 0)
            run.points.clear()
            scenario.trouble(devices)
            killed = run.process("visit", kills[0] if kills else 0)
            outcome = _outcome(run.database)
            scenario.mend(devices)
            for at in kills[1:] if killed else ():
                run.process("restart", at)
            run.settle()
            devices.provider.be_well()
            orders = [order for order in self._orders() if order.order_no not in known]
            wrong = violations(gather(run.database, orders, paper.sheets))
        shutil.rmtree(folder)
        return Play(run.points, wrong, outcome)

    def _orders(self) -> list[Order]:
        return [order for provider in self.providers.values() for order in provider.orders()]

    def _new_database(self, folder: Path) -> Path:
        path = (self.disk.folder if self.disk else folder) / "terminal.sqlite"
        for old in path.parent.glob("terminal.sqlite*"):
            old.unlink()
        shutil.copyfile(self.template, path)
        if self.disk:
            self.disk.keep()
        return path


@dataclass
class _Run:
    stage: Stage
    scenario: Scenario
    folder: Path
    database: Path
    printer: str
    points: list[list[str]] = field(default_factory=list)

    def process(self, part: Part, kill_at: int) -> bool:
        log = self.folder / "points"
        log.write_text("")
        places = str(self.folder), str(self.database), self.printer
        killed = self.stage.nursery.send(Errand(*places, str(self.scenario), part, kill_at))
        self.points.append(log.read_text().splitlines())
        if killed and self.stage.disk:
            self.stage.disk.cut(self.stage.chance.getrandbits(32))
        return killed

    def settle(self) -> None:
        for _ in range(_STARTS_AT_MOST):
            self.process("restart", 0)
            if _open_documents(self.database) == 0:
                break
        time.sleep(self.scenario.late)  # what was under way all the time has arrived by then


_OUTCOMES = "SELECT sale_id, outcome FROM sale UNION ALL SELECT refund_id, outcome FROM refund ORDER BY 1"


def _open_documents(database: Path) -> int:
    with closing(sqlite3.connect(database)) as file:
        return sum(outcome is None for _, outcome in file.execute(_OUTCOMES))


def _outcome(database: Path) -> str:
    """Sales and refunds with their ends."""
    with closing(sqlite3.connect(database)) as file:
        return ", ".join(f"{name} {outcome or 'open'}" for name, outcome in file.execute(_OUTCOMES))
