"""Works that share a transaction: each is done or not done for itself, whatever its neighbours do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from central.storage.database import BusyError, Database, database_url
from central.storage.rows import insert_absent
from central.storage.sequences import next_number
from central.storage.tables import SequencerRow


@pytest.fixture
def opened(database_place: str) -> Iterator[Database]:
    with closing(Database(database_url(database_place))) as database:
        database.migrate()
        yield database


class RefusedError(Exception):
    pass


def test_works_at_one_moment_share_commits_and_a_refused_one_is_taken_back_alone(opened: Database) -> None:
    commits: list[object] = []
    event.listen(opened._engine, "commit", commits.append)
    gate = threading.Barrier(24)

    def work(number: int) -> int:
        gate.wait(5)

        def write(session: Session) -> int:
            insert_absent(session, SequencerRow, site_id="s", name=f"n{number}", last=number)
            if number % 3 == 0:
                raise RefusedError
            return next_number(session, "s", "all")

        return opened.write(write, together="all")

    with ThreadPoolExecutor(24) as pool:
        done = [pool.submit(work, number) for number in range(24)]
    given = sorted(future.result() for number, future in enumerate(done) if number % 3)
    assert given == list(range(1, 17)), "every number once, none lost to a neighbour's refusal"
    for number in range(0, 24, 3):
        with pytest.raises(RefusedError):
            done[number].result()
    assert opened.read(lambda s: s.scalar(select(func.count()).select_from(SequencerRow))) == 17
    assert len(commits) < 24, "fewer commits than works"


def test_a_failing_work_does_not_end_the_line(opened: Database) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            opened.write(lambda _session: 1 // 0, together="x")
    assert opened.write(lambda session: next_number(session, "s", "n"), together="x") == 1


def test_who_waits_too_long_leaves_the_line_and_is_never_run(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, done = threading.Event(), threading.Event()
    ran: list[int] = []

    def slow(_session: Session) -> None:
        begun.set()
        done.wait(10)

    leader = threading.Thread(target=lambda: opened.write(slow, together="x"))
    leader.start()
    begun.wait(5)
    with monkeypatch.context() as impatient:
        impatient.setattr("central.storage.database.PATIENCE_S", 0.05)
        with pytest.raises(BusyError):
            opened.write(lambda _session: ran.append(1), together="x")
    done.set()
    leader.join()
    opened.write(lambda _session: ran.append(2), together="x")
    assert ran == [2]


def test_numbers_have_no_gap_when_a_transaction_is_undone(opened: Database) -> None:
    def undone(session: Session) -> None:
        next_number(session, "s", "n")
        raise RefusedError

    with pytest.raises(RefusedError):
        opened.write(undone)
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: opened.write(lambda s: next_number(s, "s", "n")), range(40)))
    assert sorted(given) == list(range(1, 41))
