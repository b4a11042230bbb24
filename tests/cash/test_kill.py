"""The program dies before and after every write and every command; after the restart every fen is somewhere.

`make crashtest` tries every point.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from drivers.contracts.payment import Paid, Refunded, Reversed
from drivers.emulators.cctalk_bus import CashMachineEmulator
from drivers.printer.driver import EscPosPrinter
from tests.cash.dying import Killed, Points, mortal
from tests.cash.stand import Stand, check, close_stand, fill, open_stand
from tests.crash.sampling import chosen, seeded

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

_AMOUNT = 1150

Visit = Callable[[Stand], object]
SCENARIOS: dict[str, Visit] = {
    "exact": lambda stand: stand.pay(_AMOUNT, stand.note(1000), stand.coin(100), stand.coin(50)),
    "change": lambda stand: stand.pay(_AMOUNT, stand.coin(50), stand.note(2000)),
    "leaves": lambda stand: stand.pay(_AMOUNT, stand.note(500), stand.coin(100)),
    "refund": lambda stand: (
        stand.pay(_AMOUNT, stand.note(1000), stand.note(500)),
        stand.cash.refund("O1", "R1", 650, _AMOUNT),
    ),
}


@pytest.fixture
def template(tmp_path: Path, emulator: CashMachineEmulator, printer: EscPosPrinter) -> Path:
    """A file that knows the machine and its float."""
    stand = open_stand(tmp_path / "template.sqlite", emulator, printer)
    stand.cash.start()
    fill(stand)
    close_stand(stand)
    return stand.database.path


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_wherever_it_dies_nothing_is_lost_or_doubled(
    scenario: str, tmp_path: Path, template: Path, printer: EscPosPrinter
) -> None:
    count = _play(scenario, 0, tmp_path, template, printer)
    for kill_at in chosen(count, seeded(f"cash {scenario}")):
        _play(scenario, kill_at, tmp_path, template, printer)


def _play(scenario: str, kill_at: int, folder: Path, template: Path, printer: EscPosPrinter) -> int:
    """One life, that ends at a point (0: by itself), and the next; how many points the first one passed."""
    path = folder / f"{kill_at}.sqlite"
    shutil.copyfile(template, path)
    with CashMachineEmulator() as emulator:
        points = Points(kill_at)
        first = open_stand(path, emulator, printer, partial(mortal, points=points))
        with suppress(Killed):
            SCENARIOS[scenario](first)
        close_stand(first)
        second = open_stand(path, emulator, printer)
        _settle(second)
        check(second, _AMOUNT, f"{scenario}, killed at {kill_at} ({points.at})")
        close_stand(second)
    return len(points.names)


def _settle(stand: Stand) -> None:
    """What the sale process does after a restart: it asks, and reverses what was not paid in full."""
    stand.cash.start()
    if stand.cash.query("O1") != Paid("O1", _AMOUNT, "CNY"):
        assert stand.cash.reverse("O1") == Reversed()
    if stand.book.order("R1") is not None:
        assert stand.cash.refund("O1", "R1", 650, _AMOUNT) == Refunded("R1")
    assert stand.book.open_orders() == []
