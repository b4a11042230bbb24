"""Shifts in the terminal's file. What a call returns is already on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TypeVar

from sqlalchemy import Connection, select

from shared.domain.clock import Clock
from shared.domain.money import Currency
from shared.domain.shift import events as ev
from shared.domain.shift.counting import worth
from shared.domain.shift.report import ShiftReport, shift_report
from shared.domain.shift.state import Shift
from shared.storage import shift_rows
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.shift_rows import Moment
from shared.storage.shift_tables import shift
from shared.storage.shift_trading import trading_of

Done = TypeVar("Done")
BesideSales = ev.PaidIn | ev.PaidOut | ev.SafeDropped | ev.DrawerOpened | ev.HandedOver


class ShiftProblem(Enum):
    """Why it is not done; nothing of it is written."""

    ALREADY_OPEN = "already_open"
    NOT_OPEN = "not_open"
    NOT_COUNTED = "not_counted"  # count after the last movement, then close
    COUNT_AGAIN = "count_again"  # the last count looks like a slip
    NOT_CLOSED = "not_closed"  # only a closed shift is corrected
    NOT_TAKEN = "not_taken"  # no cash was taken for that order
    TOO_MUCH = "too_much"  # more than was taken for that order


class ShiftBook:
    """Each call is one durable transaction. Implements `shared.selling.till.DrawerBook`.

    Writing raises HistoryError for what cannot have happened, such as a payment of nothing or somebody who approves
    what he asked for himself; nothing of it is written then.
    """

    def __init__(self, database: Database, pen: Pen, clock: Clock) -> None:
        self._database, self._pen, self._clock = database, pen, clock

    def shift(self, number: int) -> Shift | None:
        """A shift by its number."""
        return self._database.run(lambda connection: shift_rows.read(connection, number))

    def open_at(self, drawer: str) -> Shift | None:
        """The drawer's open shift."""
        return self._database.run(lambda connection: shift_rows.open_at(connection, drawer))

    def numbers(self) -> Sequence[int]:
        """Every shift, in the order of their opening."""
        query = select(shift.c.number).order_by(shift.c.number)
        return self._database.run(lambda connection: connection.execute(query).scalars().all())

    def open(
        self, drawer: str, business_day: str, by: str, currency: str, pieces: tuple[ev.Denomination, ...]
    ) -> Shift | ShiftProblem:
        """Begins a shift with a counted float."""

        def work(connection: Connection) -> Shift | ShiftProblem:
            if shift_rows.open_at(connection, drawer) is not None:
                return ShiftProblem.ALREADY_OPEN
            number = shift_rows.next_number(connection)
            return self._write(connection, None, ev.ShiftOpened(number, drawer, business_day, by, currency, pieces))

        return self._database.run(work)

    def take(self, drawer: str, taking: ev.DrawerTaken) -> ev.DrawerTaken | ShiftProblem:
        """Takes a sale's cash, once: an order that was taken before, in whichever shift, is answered as it was."""

        def work(connection: Connection, standing: Shift) -> ev.DrawerTaken:
            self._write(connection, standing, taking)
            return taking

        def once(connection: Connection) -> ev.DrawerTaken | ShiftProblem:
            before = _taken(connection, taking.order_no)
            return self._in_shift(connection, drawer, work) if before is None else before

        return self._database.run(once)

    def give(self, drawer: str, giving: ev.DrawerGiven) -> ev.DrawerGiven | ShiftProblem:
        """Gives cash back, once by its number, and never more of an order than was taken for it."""

        def work(connection: Connection, standing: Shift) -> ev.DrawerGiven | ShiftProblem:
            taken = _taken(connection, giving.of)
            if taken is None:
                return ShiftProblem.NOT_TAKEN
            if shift_rows.given_of(connection, giving.of) + giving.amount.minor > taken.amount.minor:
                return ShiftProblem.TOO_MUCH
            self._write(connection, standing, giving)
            return giving

        def once(connection: Connection) -> ev.DrawerGiven | ShiftProblem:
            before = _given(connection, giving.number)
            return self._in_shift(connection, drawer, work) if before is None else before

        return self._database.run(once)

    def taken(self, order_no: str) -> ev.DrawerTaken | None:
        """The cash taken for an order, in whichever shift."""
        return self._database.run(lambda connection: _taken(connection, order_no))

    def given(self, number: str) -> ev.DrawerGiven | None:
        """The cash given for a refund or reversal, in whichever shift."""
        return self._database.run(lambda connection: _given(connection, number))

    def record(self, drawer: str, event: BesideSales) -> Shift | ShiftProblem:
        """What befalls an open shift beside its sales."""
        return self._database.run(
            lambda connection: self._in_shift(connection, drawer, lambda c, standing: self._write(c, standing, event))
        )

    def count(self, drawer: str, pieces: tuple[ev.Denomination, ...], by: str) -> Shift | ShiftProblem:
        """Keeps a blind count. COUNT_AGAIN: it is kept too, and the person counts once more."""

        def work(connection: Connection, standing: Shift) -> Shift | ShiftProblem:
            after = self._write(connection, standing, ev.Counted(pieces, by))
            return ShiftProblem.COUNT_AGAIN if after.asks_again else after

        return self._database.run(lambda connection: self._in_shift(connection, drawer, work))

    def close(self, drawer: str, by: str) -> Shift | ShiftProblem:
        """Closes on the last count, whatever it differs by, with the next Z."""

        def work(connection: Connection, standing: Shift) -> Shift | ShiftProblem:
            counted = standing.counted
            if counted is None or not standing.counted_since:
                return ShiftProblem.NOT_COUNTED
            if standing.asks_again:
                return ShiftProblem.COUNT_AGAIN
            last, expected = shift_rows.last_z(connection), standing.expected
            z = ev.ShiftClosed(expected, counted, counted - expected, last.number + 1, last.hash.hex(), by)
            return self._write(connection, standing, z)

        return self._database.run(lambda connection: self._in_shift(connection, drawer, work))

    def correct(
        self, number: int, pieces: tuple[ev.Denomination, ...], reason: str, by: str, approved_by: str = ""
    ) -> Shift | ShiftProblem:
        """Puts a wrong count right in a Z of its own; the first one stays."""

        def work(connection: Connection) -> Shift | ShiftProblem:
            standing = shift_rows.read(connection, number)
            if standing is None or standing.is_open:
                return ShiftProblem.NOT_CLOSED
            last, counted = shift_rows.last_z(connection), worth(pieces, Currency(standing.opened.currency))
            put_right = counted, counted - standing.expected, last.number + 1, last.hash.hex()
            return self._write(connection, standing, ev.ShiftCorrected(pieces, *put_right, reason, by, approved_by))

        return self._database.run(work)

    def report(self, number: int) -> ShiftReport | None:
        """X or Z, worked out anew; nothing is written. None when there is no such shift."""

        def work(connection: Connection) -> ShiftReport | None:
            standing = shift_rows.read(connection, number)
            if standing is None:
                return None
            return shift_report(standing, trading_of(connection, number, standing.currency))

        return self._database.run(work)

    def _in_shift(
        self, connection: Connection, drawer: str, work: Callable[[Connection, Shift], Done]
    ) -> Done | ShiftProblem:
        standing = shift_rows.open_at(connection, drawer)
        return ShiftProblem.NOT_OPEN if standing is None else work(connection, standing)

    def _write(self, connection: Connection, before: Shift | None, event: ev.ShiftEvent) -> Shift:
        return shift_rows.write(connection, Moment(self._pen, self._clock.now()), before, event)


def _taken(connection: Connection, order_no: str) -> ev.DrawerTaken | None:
    found = shift_rows.move(connection, ev.DrawerTaken.type, order_no)
    return found if isinstance(found, ev.DrawerTaken) else None


def _given(connection: Connection, number: str) -> ev.DrawerGiven | None:
    found = shift_rows.move(connection, ev.DrawerGiven.type, number)
    return found if isinstance(found, ev.DrawerGiven) else None
