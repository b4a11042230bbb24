"""Random days on a real file, restarted anywhere: the ledger's drawer agrees at every step, and `verify` with all."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.shift import events as ev
from shared.domain.shift.state import Shift
from shared.storage.backup import back_up
from shared.storage.restore import restore
from tests.shift.world import CASHIER, DRAWER, SUPERVISOR, Window, giving, pieces, taking

DAY = date(2026, 11, 23)
steps = st.lists(
    st.tuples(st.sampled_from(("take", "give", "drop", "restart", "close", "correct")), st.integers(1, 9000)),
    min_size=3,
    max_size=14,
)


class Day:
    """What a person with paper and pencil would write down."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.holds, self.vault, self.orders, self.closed = 0, 0, 0, 0

    def begin(self) -> None:
        self.window.open(5000)
        self.holds, self.vault = 5000, self.vault - 5000

    def step(self, what: str, amount: int) -> None:
        book, name = self.window.book, f"O{self.orders}"
        match what:
            case "take":
                self.orders += 1
                book.take(DRAWER, taking(f"O{self.orders}", amount))
                self.holds += amount
            case "give" if book.taken(name) and book.given(f"R{name}") is None:
                book.give(DRAWER, giving(f"R{name}", name, 1))
                self.holds -= 1
            case "drop":
                self.orders += 1
                book.record(DRAWER, ev.SafeDropped(pieces(amount), f"BAG{self.orders}", CASHIER))
                self.holds, self.vault = self.holds - amount, self.vault + amount
            case "restart":
                self.window.restart()
            case "close":
                self._close(amount)
            case "correct" if self.closed:
                self._correct(amount)

    def _close(self, counted: int) -> None:
        closed = self.window.close(counted)
        assert closed.zs[0].difference.minor == counted - self.holds
        self.vault, self.closed = self.vault + counted, self.closed + 1
        self.begin()

    def _correct(self, counted: int) -> None:
        before = self.window.book.shift(self.closed)
        assert before is not None
        assert before.counted is not None
        corrected = self.window.book.correct(self.closed, pieces(counted), "again", CASHIER, SUPERVISOR)
        assert isinstance(corrected, Shift)
        assert corrected.zs[:-1] == before.zs
        self.vault += counted - before.counted.minor


@given(steps)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_drawer_in_the_ledger_is_what_pencil_and_paper_say(day: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        window = Window(Path(folder) / "t.sqlite")
        try:
            paper = Day(window)
            paper.begin()
            for what, amount in day:
                paper.step(what, amount)
                assert window.balance(f"drawer:{DRAWER}") == paper.holds
                assert window.balance("vault") == paper.vault
            assert window.broken() is None
        finally:
            window.database.close()


def test_an_open_shift_goes_on_in_a_restored_file_and_the_zs_with_it(window: Window, tmp_path: Path) -> None:
    window.open(100)
    window.close(100)
    back_up(window.path, tmp_path / "backups", DAY)
    window.open(200)
    window.book.take(DRAWER, taking("O1", 300))
    back_up(window.path, tmp_path / "backups", date(2026, 11, 24))
    window.database.close()
    restore(tmp_path / "backups", window.path)
    window.start_in_epoch(2)
    assert window.book.take(DRAWER, taking("O1", 300)) == taking("O1", 300)
    closed = window.close(500)
    assert (closed.number, closed.zs[0].z_number, closed.zs[0].difference.minor) == (2, 2, 0)
    assert window.broken() is None
