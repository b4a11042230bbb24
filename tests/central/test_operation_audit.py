"""The audit chain is shortened from its old end only, and still proves itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from central.audit.chain import CENTRAL, first_broken, record
from central.audit.retention import purge
from central.storage.tables import AuditRow
from tests.central.world import MORNING, RunningCentral


def write(session: Session, *days_ago: int) -> None:
    for days in days_ago:
        record(session, "hill", MORNING - timedelta(days=days), CENTRAL, "noted", str(days))


def subjects(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRow.subject).order_by(AuditRow.number)))


@pytest.mark.parametrize(("asked", "left"), [(365, ["300", "181", "179", "1"]), (1, ["179", "1"])])
def test_no_entry_younger_than_180_days_is_ever_taken(central: RunningCentral, asked: int, left: list[str]) -> None:
    database = central.service.database

    def work(session: Session) -> tuple[int, list[str], int | None]:
        write(session, 500, 400, 300, 181, 179, 1)
        return purge(session, "hill", MORNING, asked), subjects(session), first_broken(session, "hill")

    assert database.write(work) == (6 - len(left), left, None)
    assert database.write(lambda s: purge(s, "hill", MORNING, asked)) == 0
    database.write(lambda s: write(s, 0))
    assert database.read(lambda s: first_broken(s, "hill")) is None


def test_an_old_entry_behind_a_young_one_stays_and_alteration_is_still_seen(central: RunningCentral) -> None:
    def work(session: Session, now: datetime) -> list[str]:
        write(session, 400, 10, 400, 300)
        purge(session, "hill", now, 200)
        return subjects(session)

    database = central.service.database
    assert database.write(lambda s: work(s, MORNING)) == ["10", "400", "300"]
    database.write(lambda s: s.execute(update(AuditRow).where(AuditRow.number == 3).values(author="bob")))
    assert database.read(lambda s: first_broken(s, "hill")) == 3


def test_the_newest_entry_stays_however_old(central: RunningCentral) -> None:
    def work(session: Session) -> list[str]:
        write(session, 900, 800)
        purge(session, "hill", MORNING, 200)
        return subjects(session)

    assert central.service.database.write(work) == ["800"]
