"""The staff in the terminal's file. Every change, every coming in, refusal and approval stands in the journal.

The journal names people by their ids alone: no name, no hash, no secret leaves the table.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from shared.domain.canonical import instant_text, parse_instant
from shared.domain.clock import Clock
from shared.domain.staff.lock_out import Tries
from shared.domain.staff.member import Approval, StaffMember
from shared.domain.staff.permissions import Role
from shared.storage import journal
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.staff_tables import staff, staff_tries

PUT, CAME_IN, WENT_OUT, REFUSED, APPROVED = (
    "staff.put",
    "staff.came_in",
    "staff.went_out",
    "staff.refused",
    "staff.approved",
)


class StaffBook:
    """Each call is one durable transaction. Implements `shared.security.signing_in.StaffBook`."""

    def __init__(self, database: Database, pen: Pen, clock: Clock) -> None:
        self._database, self._pen, self._clock = database, pen, clock

    def members(self) -> tuple[StaffMember, ...]:
        """Everybody, by id; those who left too."""
        query = select(staff).order_by(staff.c.staff_id)
        return self._database.run(lambda connection: tuple(_member(row) for row in connection.execute(query)))

    def member(self, staff_id: str) -> StaffMember | None:
        """A person by id."""
        query = select(staff).where(staff.c.staff_id == staff_id)
        row = self._database.run(lambda connection: connection.execute(query).first())
        return None if row is None else _member(row)

    def put(self, member: StaffMember, by: str) -> None:
        """Takes a person in, or changes role, PIN, card or standing. A new PIN ends a lock."""
        values = {
            "name": member.name,
            "role": member.role.value,
            "pin_hash": member.pin_hash,
            "card_hash": member.card_hash,
            "totp_secret": member.totp_secret,
            "active": int(member.active),
        }

        def work(connection: Connection) -> None:
            query = select(staff).where(staff.c.staff_id == member.staff_id)
            before = connection.execute(query).mappings().first()
            changed = sorted(key for key, value in values.items() if before is None or before[key] != value)
            row = insert(staff).values(staff_id=member.staff_id, **values)
            connection.execute(row.on_conflict_do_update(index_elements=["staff_id"], set_=values))
            if "pin_hash" in changed:
                connection.execute(delete(staff_tries).where(staff_tries.c.staff_id == member.staff_id))
            told = {"role": member.role.value, "active": int(member.active), "changed": changed, "by": by}
            self._write(connection, PUT, {"staff_id": member.staff_id, **told})

        self._database.run(work)

    def tries(self, staff_id: str) -> Tries:
        """The wrong tries so far; of an unknown person too."""
        query = select(staff_tries).where(staff_tries.c.staff_id == staff_id)
        row = self._database.run(lambda connection: connection.execute(query).first())
        if row is None:
            return Tries()
        return Tries(row.wrong, row.locks, None if row.locked_until is None else parse_instant(row.locked_until))

    def came_in(self, staff_id: str) -> None:
        """Forgets the wrong tries."""

        def work(connection: Connection) -> None:
            connection.execute(delete(staff_tries).where(staff_tries.c.staff_id == staff_id))
            self._write(connection, CAME_IN, {"staff_id": staff_id})

        self._database.run(work)

    def went_out(self, staff_id: str, why: str) -> None:
        """`why`: signed_out, handed_over, locked."""
        body = {"staff_id": staff_id, "why": why}
        self._database.run(lambda connection: self._write(connection, WENT_OUT, body))

    def was_refused(self, staff_id: str, why: str, tries: Tries) -> None:
        """Keeps the wrong tries."""
        until = None if tries.locked_until is None else instant_text(tries.locked_until)
        values = {"wrong": tries.wrong, "locks": tries.locks, "locked_until": until}

        def work(connection: Connection) -> None:
            row = insert(staff_tries).values(staff_id=staff_id, **values)
            connection.execute(row.on_conflict_do_update(index_elements=["staff_id"], set_=values))
            self._write(connection, REFUSED, {"staff_id": staff_id, "why": why, "locked_until": until})

        self._database.run(work)

    def approved(self, approval: Approval) -> None:
        """Four eyes: who allowed whom what."""
        body = {
            "by": approval.by,
            "asked_by": approval.asked_by,
            "permission": approval.permission.value,
            "subject": approval.subject,
            "at": instant_text(approval.at),
        }
        self._database.run(lambda connection: self._write(connection, APPROVED, body))

    def _write(self, connection: Connection, type: str, body: Mapping[str, object]) -> None:
        journal.append(connection, self._pen, self._clock.now(), type, body)


def _member(row: Row[tuple[object, ...]]) -> StaffMember:
    return StaffMember(
        row.staff_id, row.name, Role(row.role), row.pin_hash, row.card_hash, row.totp_secret, bool(row.active)
    )
