"""Parts that always fit: what has no room stands on a further leaf, and every part is on one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from shared.ui.leaves import Leaves
from shared.ui.theme import Theme
from shared.ui.tokens import Screen, Tokens

WIDTH = 600
PART = 100


class Block(QWidget):
    """A part of a fixed height."""

    def __init__(self, height: int = PART) -> None:
        super().__init__()
        self.setFixedHeight(height)


def settle() -> None:
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


@pytest.fixture
def leaves(qapp: QApplication) -> Iterator[Leaves]:
    made = Leaves(Theme(Tokens(Screen(1080, 1920, 27.0))), "up", "down")
    yield made
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def seen(parts: list[Block]) -> list[int]:
    return [index for index, part in enumerate(parts) if part.isVisible()]


def shown(leaves: Leaves, height: int, count: int = 6) -> list[Block]:
    parts = [Block() for _ in range(count)]
    leaves.hold(*parts)
    leaves.setFixedSize(WIDTH, height)
    leaves.show()
    settle()
    return parts


def test_what_fits_stands_on_one_leaf(leaves: Leaves) -> None:
    parts = shown(leaves, 2000)
    assert leaves.count == 1
    assert seen(parts) == list(range(6))


def test_every_part_is_on_exactly_one_leaf_and_none_is_cut(leaves: Leaves) -> None:
    parts = shown(leaves, 400)
    found: list[int] = []
    assert leaves.count > 1
    for leaf in range(leaves.count):
        leaves.turn_to(leaf)
        settle()
        found += seen(parts)
        for index in seen(parts):
            holder = parts[index].parentWidget()
            assert holder is not None
            assert holder.geometry().bottom() < leaves.height()
            assert parts[index].height() == PART
    assert found == list(range(6))


def test_a_part_that_is_taken_away_leaves_its_room(leaves: Leaves) -> None:
    parts = shown(leaves, 400, 5)
    before = leaves.count
    for part in parts[:4]:
        part.hide()
    settle()
    assert before > 1
    assert leaves.count == 1
    assert seen(parts) == [4]


def test_a_part_that_appears_on_a_leaf_not_seen_is_found_after_a_refresh(leaves: Leaves) -> None:
    parts = shown(leaves, 2000, 3)
    parts[2].hide()
    settle()
    parts[2].show()
    leaves.refresh()
    settle()
    assert seen(parts) == [0, 1, 2]


def test_turning_stays_within_the_leaves(leaves: Leaves) -> None:
    shown(leaves, 400)
    leaves.turn_to(99)
    assert leaves.at == leaves.count - 1
    leaves.turn_to(-5)
    assert leaves.at == 0


def test_no_more_than_so_many_on_a_leaf(qapp: QApplication) -> None:
    leaves = Leaves(Theme(Tokens(Screen(1080, 1920, 27.0))), "up", "down", most=2)
    parts = shown(leaves, 2000, 5)
    assert leaves.count == 3
    assert seen(parts) == [0, 1]
    leaves.hide()
    leaves.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
