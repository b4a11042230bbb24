"""Plays a scenario, kills it where it is told, restarts it until all is settled, and says what is wrong."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from tests.crash.evidence import gather, orders_in
from tests.crash.invariants import violations
from tests.crash.nursery import Errand, Nursery
from tests.crash.power import Power
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

    gateway: WeChatGatewayEmulator
    gateway_folder: Path
    nursery: Nursery
    template: Path  # a database with a lease and nothing sold
    folder: Path
    disk: Power | None = None  # where the database lies when the power is cut with the process
    chance: Random = field(default_factory=Random)

    def play(self, scenario: Scenario, kills: Sequence[int] = ()) -> Play:
        """The visit dies at `kills[0]`, the first restart at `kills[1]`, and so on; then it is left alone."""
        known = {order.order_no for order in orders_in(self.gateway_folder)}
        folder = Path(mkdtemp(dir=self.folder))
        with EscPosPrinterEmulator() as paper:
            devices = Devices(self.gateway, paper)
            run = _Run(self, folder, self._new_database(folder), paper.address, scenario.late)
            scenario.trouble(devices)
            killed = run.process(scenario.name, kills[0] if kills else 0)
            outcome = _outcome(run.database)
            scenario.mend(devices)
            for at in kills[1:] if killed else ():
                run.process("", at)
            run.settle()
            self.gateway.forget_answers()
            orders = [order for order in orders_in(self.gateway_folder) if order.order_no not in known]
            wrong = violations(gather(run.database, orders, paper.sheets))
        shutil.rmtree(folder)
        return Play(run.points, wrong, outcome)

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
    folder: Path
    database: Path
    printer: str
    late: float
    points: list[list[str]] = field(default_factory=list)

    def process(self, scenario: str, kill_at: int) -> bool:
        log = self.folder / "points"
        log.write_text("")
        killed = self.stage.nursery.send(Errand(str(self.folder), str(self.database), self.printer, scenario, kill_at))
        self.points.append(log.read_text().splitlines())
        if killed and self.stage.disk:
            self.stage.disk.cut(self.stage.chance.getrandbits(32))
        return killed

    def settle(self) -> None:
        for _ in range(_STARTS_AT_MOST):
            self.process("", 0)
            if _open_sales(self.database) == 0:
                break
        time.sleep(self.late)  # what was under way all the time has arrived by then


def _open_sales(database: Path) -> int:
    with closing(sqlite3.connect(database)) as file:
        return int(file.execute("SELECT count(*) FROM sale WHERE outcome IS NULL").fetchone()[0])


def _outcome(database: Path) -> str:
    with closing(sqlite3.connect(database)) as file:
        row = file.execute("SELECT outcome FROM sale").fetchone()
        return "none" if row is None else row[0] or "open"
