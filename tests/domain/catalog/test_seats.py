"""Numbered seats: how they are numbered, which are best, and what of a choice is not possible."""

from __future__ import annotations

from random import Random

import pytest

from shared.domain.catalog.seating import Near, NotFree, Together, TooFew, best_seats, check_seats, leaves_orphan
from shared.domain.catalog.seats import Numbering, Row, SeatMap
from shared.domain.text import LocalText


def hall(*plans: str, numbering: Numbering = "left_to_right", best_row: int = 0) -> SeatMap:
    """A room with rows A, B, C ... of these plans."""
    rows = tuple(Row("ABCDEFGH"[index], plan) for index, plan in enumerate(plans))
    return SeatMap("hall", LocalText({"en": "Hall"}), rows, numbering, best_row)


def labels(found: object) -> list[str]:
    """The labels of the seats found."""
    assert isinstance(found, (Together, Near))
    return [seat.label for seat in found.seats]


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        ("left_to_right", [1, 2, 3, 4, 5, 6]),
        ("right_to_left", [6, 5, 4, 3, 2, 1]),
        ("odd_even", [5, 3, 1, 2, 4, 6]),
    ],
)
def test_numbering(numbering: Numbering, expected: list[int]) -> None:
    assert [seat.number for seat in hall("sss_sss", numbering=numbering).seats.values()] == expected


def test_the_best_seats_are_in_the_middle_of_the_best_row() -> None:
    room = hall("sssssss", "sssssss", "sssssss", best_row=1)
    assert labels(best_seats(room, (), 3)) == ["B-3", "B-4", "B-5"]
    assert labels(best_seats(room, ("B-3", "B-4", "B-5"), 3)) == ["A-3", "A-4", "A-5"]


def test_an_aisle_parts_neighbours() -> None:
    assert labels(best_seats(hall("ss_sss"), (), 3)) == ["A-3", "A-4", "A-5"]
    assert isinstance(best_seats(hall("ss_ss"), (), 3), Near)


def test_no_seat_is_left_alone_if_that_can_be_helped() -> None:
    room = hall("sssss")
    assert labels(best_seats(room, (), 3)) in (["A-1", "A-2", "A-3"], ["A-3", "A-4", "A-5"])
    assert leaves_orphan(room, (), [room.seats["A-2"], room.seats["A-3"], room.seats["A-4"]])
    assert not leaves_orphan(room, (), [room.seats["A-1"], room.seats["A-2"], room.seats["A-3"]])


def test_without_a_run_the_seats_lie_behind_one_another() -> None:
    found = best_seats(hall("ss_ss", "ss_ss"), (), 4)
    assert isinstance(found, Near)
    assert labels(found) == ["A-1", "A-2", "B-1", "B-2"]


def test_wheelchair_places_go_to_those_who_need_them() -> None:
    room = hall("wsssw", "sssss")
    assert "A-1" not in labels(best_seats(room, (), 3))
    assert labels(best_seats(room, (), 2, wheelchairs=1)) in (["A-1", "A-2"], ["A-4", "A-5"])
    assert labels(best_seats(room, (), 2, wheelchairs=2)) == ["A-1", "A-5"]


def test_too_few_seats_are_said_to_be() -> None:
    room = hall("sss")
    assert best_seats(room, ("A-1",), 3) == TooFew(2)
    assert best_seats(room, (), 1, wheelchairs=1) == TooFew(0)
    with pytest.raises(ValueError, match="cannot seat 0"):
        best_seats(room, (), 0)


def test_a_choice_of_ones_own_is_checked() -> None:
    room = hall("sss_s")
    assert isinstance(check_seats(room, (), ["A-2", "A-1"]), Together)
    assert isinstance(check_seats(room, (), ["A-3", "A-4"]), Near)
    assert check_seats(room, ("A-1",), ["A-1", "Z-9"]) == NotFree(("A-1",), ("Z-9",))


def test_a_run_is_found_whenever_there_is_one() -> None:
    random = Random(3)
    for _ in range(200):
        room = hall(*("".join(random.choice("sssss_") for _ in range(12)) + "s" for _ in range(5)), best_row=2)
        taken = {label for label in room.seats if random.random() < 0.4}
        count = random.randint(1, 5)
        longest = max((len(part) for run in room.runs() for part in _free_parts(run, taken)), default=0)
        found = best_seats(room, taken, count)
        assert isinstance(found, Together) == (longest >= count)
        if not isinstance(found, TooFew):
            assert len({seat.label for seat in found.seats} - taken) == count


def _free_parts(run: tuple[object, ...], taken: set[str]) -> list[str]:
    marks = "".join("x" if getattr(seat, "label", "") in taken else "s" for seat in run)
    return marks.split("x")
