"""Sales, refunds and exchanges are killed at each write, device call and network call; no visitor ever loses.

Real processes and SIGKILL, real SQLite files, and devices that remember. `make crashtest` tries every point.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.crash.sampling import SEED_VARIABLE, chosen, seeded
from tests.crash.scenarios import SCENARIOS, Scenario
from tests.crash.stage import Stage

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

_POINTS_OF_A_RESTART = 16


def broken(stage: Stage, scenario: Scenario, kills: list[tuple[int, ...]]) -> dict[str, list[str]]:
    """What is wrong after each of these deaths, by where they were."""
    plays = [(kill, stage.play(scenario, kill)) for kill in kills]
    return {play.where(kill): list(play.wrong) for kill, play in plays if play.wrong}


def again(scenario: Scenario) -> str:
    return f"scenario {scenario}; {SEED_VARIABLE}={os.environ[SEED_VARIABLE]}"


def points_of(stage: Stage, scenario: Scenario) -> int:
    """How many there are when nobody kills; the sale ends as it should, then."""
    play = stage.play(scenario)
    assert (play.outcome, list(play.wrong)) == (scenario.outcome, []), again(scenario)
    return len(play.points[0])


def deaths(count: int, random: Random) -> list[tuple[int, ...]]:
    """Each point once, and for each third one a second death while it gets up again."""
    once: list[tuple[int, ...]] = [(at,) for at in chosen(count, random)]
    twice = [(random.randint(1, count), random.randint(1, _POINTS_OF_A_RESTART)) for _ in once[::3]]
    return once + twice


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=str)
def test_a_death_at_any_point_leaves_nobody_without_tickets_money_or_a_claim(stage: Stage, scenario: Scenario) -> None:
    kills = deaths(points_of(stage, scenario), seeded(str(scenario)))
    found = broken(stage, scenario, kills)
    assert not found, f"{again(scenario)}\n{found}"
