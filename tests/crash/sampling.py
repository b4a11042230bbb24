"""How much is tried: everything under `make crashtest`, else a random tenth of it with the seed that was printed."""

from __future__ import annotations

import os
from random import Random

SEED_VARIABLE = "SHANMEN_SEED"
_ALL_VARIABLE = "SHANMEN_CRASH"


def everything() -> bool:
    """Whether nothing is left out (`SHANMEN_CRASH=all`)."""
    return os.environ.get(_ALL_VARIABLE) == "all"


def seeded(name: str) -> Random:
    """Chance for the test of this name; the same in every test process of one run."""
    return Random(f"{os.environ[SEED_VARIABLE]} {name}")


def chosen(count: int, random: Random) -> list[int]:
    """Of the numbers 1 to `count` all, or a tenth, at least one."""
    numbers = range(1, count + 1)
    return list(numbers) if everything() else sorted(random.sample(numbers, -(-count // 10)))
