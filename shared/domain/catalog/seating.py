"""Choosing seats: the best ones together as a search, or the visitor's own choice checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby, pairwise

from shared.domain.catalog.seats import Seat, SeatMap

_BEHIND = 3  # a row further from the best one counts as much as three seats further to the side
_ROWS_APART = 2  # between two visitors a row counts as much as two seats
_ORPHAN = 8  # leaving one seat alone between two parties counts as much as eight seats to the side


@dataclass(frozen=True)
class Together:
    """Side by side in one row, from left to right."""

    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Near:
    """There is no such run any more: blocks in rows behind one another, or as near as they come."""

    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class TooFew:
    """Only so many seats are free."""

    free: int


@dataclass(frozen=True)
class NotFree:
    """These of the chosen seats are taken, or are no seats of the map (their labels)."""

    taken: tuple[str, ...]
    unknown: tuple[str, ...]


BestSeats = Together | Near | TooFew


def best_seats(seat_map: SeatMap, taken: Collection[str], count: int, *, wheelchairs: int = 0) -> BestSeats:
    """The best free seats for `count` visitors, `wheelchairs` of them on wheelchair places.

    Best is nearest to the middle of the best row, and leaves no seat alone beside it if that can be helped. Wheelchair
    places go only to those who need them. Deterministic. Raises ValueError when `count` is not above zero.
    """
    if count < 1 or wheelchairs > count:
        raise ValueError(f"cannot seat {count} visitors, {wheelchairs} in wheelchairs")
    runs = list(_free_runs(seat_map, taken, with_wheelchairs=wheelchairs > 0))
    blocks = [
        (_badness(seat_map, run, start, count), run[start : start + count])
        for run in runs
        for start in range(len(run) - count + 1)
        if sum(seat.wheelchair for seat in run[start : start + count]) == wheelchairs
    ]
    if blocks:
        return Together(min(blocks, key=lambda block: block[0])[1])
    return _nearest(seat_map, [seat for run in runs for seat in run], count, wheelchairs)


def check_seats(seat_map: SeatMap, taken: Collection[str], labels: Sequence[str]) -> Together | Near | NotFree:
    """The visitor's own choice of seats by label."""
    unknown = tuple(label for label in labels if label not in seat_map.seats)
    gone = tuple(label for label in labels if label in taken)
    if unknown or gone:
        return NotFree(gone, unknown)
    seats = tuple(sorted((seat_map.seats[label] for label in set(labels)), key=lambda seat: (seat.rank, seat.column)))
    return Together(seats) if _side_by_side(seats) else Near(seats)


def leaves_orphan(seat_map: SeatMap, taken: Collection[str], seats: Sequence[Seat]) -> bool:
    """Whether the choice leaves a single free seat between taken ones or the end of a run, where there were more."""
    gone = {*taken, *(seat.label for seat in seats)}
    return _orphans(seat_map, gone) > _orphans(seat_map, taken)


def _orphans(seat_map: SeatMap, taken: Collection[str]) -> int:
    return sum(1 for run in _free_runs(seat_map, taken, with_wheelchairs=True) if len(run) == 1)


def _free_runs(seat_map: SeatMap, taken: Collection[str], *, with_wheelchairs: bool) -> Iterator[tuple[Seat, ...]]:
    def free(seat: Seat) -> bool:
        return seat.label not in taken and (with_wheelchairs or not seat.wheelchair)

    for run in seat_map.runs():
        for is_free, seats in groupby(run, key=free):
            if is_free:
                yield tuple(seats)


def _badness(seat_map: SeatMap, run: Sequence[Seat], start: int, count: int) -> tuple[int, int, int]:
    distance = sum(_distance(seat_map, seat) for seat in run[start : start + count])
    orphans = (start, len(run) - start - count).count(1)
    return distance + orphans * _ORPHAN * count, run[start].rank, run[start].column


def _distance(seat_map: SeatMap, seat: Seat) -> int:
    return abs(2 * seat.column - seat_map.middle) + 2 * _BEHIND * abs(seat.rank - seat_map.best_row)


def _nearest(seat_map: SeatMap, free: Sequence[Seat], count: int, wheelchairs: int) -> Near | TooFew:
    """Around each free seat in turn, the nearest others; the group that lies closest, then best, wins."""
    chairs = [seat for seat in free if seat.wheelchair]
    seats = [seat for seat in free if not seat.wheelchair]
    if len(chairs) < wheelchairs or len(seats) < count - wheelchairs:
        return TooFew(min(len(chairs), wheelchairs) + min(len(seats), count - wheelchairs))
    groups = [
        (*_closest(centre, chairs, wheelchairs), *_closest(centre, seats, count - wheelchairs)) for centre in free
    ]
    best = min(groups, key=lambda group: (_spread(group), sum(_distance(seat_map, seat) for seat in group)))
    return Near(tuple(sorted(best, key=lambda seat: (seat.rank, seat.column))))


def _closest(centre: Seat, seats: Sequence[Seat], count: int) -> Sequence[Seat]:
    return nsmallest(count, seats, key=lambda seat: (_apart(centre, seat), seat.rank, seat.column))


def _spread(group: Sequence[Seat]) -> int:
    return max(_apart(one, other) for one in group for other in group)


def _apart(one: Seat, other: Seat) -> int:
    return abs(one.column - other.column) + _ROWS_APART * abs(one.rank - other.rank)


def _side_by_side(seats: Sequence[Seat]) -> bool:
    return all(one.rank == other.rank and one.column + 1 == other.column for one, other in pairwise(seats))
