"""The same with the power: what was not synced is gone, and still no visitor loses. On a file system made to forget."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.power import NoForgetfulDiskError, Power, forgetful_disk
from tests.crash.sampling import everything, seeded
from tests.crash.scenarios import SCENARIOS, Scenario
from tests.crash.stage import Stage
from tests.crash.test_crash_points import again, broken, deaths

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

# One of each kind in the sample.
_OFTEN = ("purchase", "answer lost", "confirmation lost", "refund of a split payment", "exchange for dearer")


@pytest.fixture
def power(tmp_path: Path) -> Iterator[Power]:
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        with forgetful_disk(folder) as power:
            yield power
    except NoForgetfulDiskError as error:
        pytest.skip(str(error))


def lost_commits(power: Power, synchronous: str, rounds: int = 10) -> int:
    """How many rows, each acknowledged, are gone after so many power cuts."""
    lost, path = 0, power.folder / "rows.sqlite"
    for seed in range(rounds):
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode=WAL")
            file.execute("CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY)")
            power.keep()
            file.execute(f"PRAGMA synchronous={synchronous}")
            before = file.execute("SELECT count(*) FROM t").fetchone()[0]
            for _ in range(20):
                file.execute("INSERT INTO t DEFAULT VALUES")
            power.cut(seed)
        with closing(sqlite3.connect(path)) as file:
            lost += before + 20 - file.execute("SELECT count(*) FROM t").fetchone()[0]
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return lost


def test_what_is_not_synced_is_lost_and_what_is_stays(power: Power) -> None:
    assert lost_commits(power, "NORMAL") > 0
    assert lost_commits(power, "FULL") == 0


def scenarios() -> list[Scenario]:
    return [scenario for scenario in SCENARIOS.values() if everything() or scenario.name in _OFTEN]


@pytest.mark.parametrize("scenario", scenarios(), ids=str)
def test_a_power_cut_at_any_point_leaves_nobody_without_tickets_money_or_a_claim(
    stage: Stage, power: Power, scenario: Scenario
) -> None:
    random = seeded(f"{scenario}, power")
    on_disk = replace(stage, disk=power, chance=random)
    count = len(on_disk.play(scenario).points[0])
    found = broken(on_disk, scenario, deaths(count, random))
    assert not found, f"{again(scenario)}\n{found}"
