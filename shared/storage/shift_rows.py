"""Reading and writing a shift within the caller's transaction: journal, tables and ledger together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, exists, func, select

from shared.domain.shift.codec import SHIFT
from shared.domain.shift.events import DrawerGiven, DrawerTaken, ShiftClosed, ShiftCorrected, ShiftEvent, ShiftOpened
from shared.domain.shift.history import follow_shift
from shared.domain.shift.postings import shift_entry
from shared.domain.shift.state import Shift
from shared.domain.shift.z_chain import ZLink, follow_z
from shared.storage import journal, ledger, tables
from shared.storage.journal import Pen
from shared.storage.shift_tables import shift, shift_move, shift_row, shift_z

_ROWS = select(tables.journal.c.type, tables.journal.c.body)
_HISTORY = (
    _ROWS.join(shift_row, (shift_row.c.epoch == tables.journal.c.epoch) & (shift_row.c.seq == tables.journal.c.seq))
    .where(shift_row.c.shift == bindparam("number"))
    .order_by(tables.journal.c.epoch, tables.journal.c.seq)
)
_OPEN = select(shift.c.number).where(
    shift.c.drawer == bindparam("drawer"), ~exists().where(shift_z.c.shift == shift.c.number)
)
_MOVES = _ROWS.join(
    shift_move, (shift_move.c.epoch == tables.journal.c.epoch) & (shift_move.c.seq == tables.journal.c.seq)
)
_LAST_Z = select(shift_z.c.z_number, shift_z.c.hash).order_by(shift_z.c.z_number.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Moment:
    """Who writes, and when (UTC)."""

    pen: Pen
    at: datetime


def read(connection: Connection, number: int) -> Shift | None:
    """The shift as its rows tell it; None when there is no such shift."""
    found: Shift | None = None
    for row in connection.execute(_HISTORY, {"number": number}):
        found = follow_shift(found, SHIFT.decode(row.type, json.loads(row.body)))
    return found


def open_at(connection: Connection, drawer: str) -> Shift | None:
    """The drawer's open shift."""
    number = connection.execute(_OPEN, {"drawer": drawer}).scalar()
    return None if number is None else read(connection, number)


def next_number(connection: Connection) -> int:
    """The number of the next shift."""
    return int(connection.execute(select(func.coalesce(func.max(shift.c.number), 0) + 1)).scalar_one())


def last_z(connection: Connection) -> ZLink:
    """What the next Z continues."""
    row = connection.execute(_LAST_Z).first()
    return ZLink() if row is None else ZLink(row.z_number, row.hash)


def move(connection: Connection, kind: str, number: str) -> ShiftEvent | None:
    """What was taken for an order, or given for a refund, in whichever shift."""
    row = connection.execute(_MOVES.where(shift_move.c.kind == kind, shift_move.c.number == number)).first()
    return None if row is None else SHIFT.decode(row.type, json.loads(row.body))


def given_of(connection: Connection, order_no: str) -> int:
    """How much was given back of an order, in minor units."""
    query = _MOVES.where(shift_move.c.kind == DrawerGiven.type, shift_move.c.order_no == order_no)
    events = [SHIFT.decode(row.type, json.loads(row.body)) for row in connection.execute(query)]
    return sum(event.amount.minor for event in events if isinstance(event, DrawerGiven))


def write(connection: Connection, moment: Moment, before: Shift | None, event: ShiftEvent) -> Shift:
    """One event of a shift. Raises HistoryError when it cannot have happened."""
    after = follow_shift(before, event)
    pen = moment.pen
    kind, body = SHIFT.encode(event)
    row = {"shift": after.number, **body}
    seq = journal.append(connection, pen, moment.at, kind, row)
    _file(connection, {"epoch": pen.epoch, "seq": seq}, pen, after, event)
    entry = shift_entry(after, event)
    if entry is not None:
        ledger.post(connection, pen.epoch, seq, subject_of(after), entry)
    return after


def subject_of(of: Shift) -> str:
    """What a shift's entries are filed under."""
    return f"shift {of.number}"


def move_of(event: ShiftEvent) -> tuple[Literal["shift.taken", "shift.given"], str, str] | None:
    """Kind, number and order of what happens once only."""
    match event:
        case DrawerTaken(order_no):
            return "shift.taken", order_no, order_no
        case DrawerGiven(number, of):
            return "shift.given", number, of
        case _:
            return None


def _file(connection: Connection, at: dict[str, int], pen: Pen, after: Shift, event: ShiftEvent) -> None:
    if isinstance(event, ShiftOpened):
        connection.execute(shift.insert().values(number=event.number, drawer=event.drawer, **at))
    connection.execute(shift_row.insert().values(shift=after.number, **at))
    moved = move_of(event)
    if moved is not None:
        kind, number, order_no = moved
        connection.execute(shift_move.insert().values(kind=kind, number=number, order_no=order_no, **at))
    if isinstance(event, ShiftClosed | ShiftCorrected):
        link = follow_z(last_z(connection), after, event, pen.profile)
        connection.execute(shift_z.insert().values(z_number=link.number, shift=after.number, hash=link.hash, **at))
