"""Taking a batch of journal events: idempotent, without a gap, a fork seen at once (design: sync.md, Up)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from central.fleet.terminals import Terminal, quarantine
from central.ingest.project import project
from central.storage.rows import insert_absent
from central.storage.tables import JournalHeadRow, JournalRow
from shared.domain.canonical import canonical
from shared.domain.journal import GENESIS, HashProfile, JournalEvent, is_intact
from shared.wire.events import EventResult


@dataclass(frozen=True, slots=True)
class Accepted:
    """Everything up to `through` is kept."""

    through: int
    results: list[EventResult]


@dataclass(frozen=True, slots=True)
class Gap:
    """The batch does not join on; nothing was kept. `expected` is the next number."""

    expected: int


@dataclass(frozen=True, slots=True)
class Fork:
    """The terminal signed two events for one place; nothing was kept and it is in quarantine."""

    seq: int


@dataclass(frozen=True, slots=True)
class Broken:
    """This event is not as its terminal signed it; nothing was kept."""

    seq: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """This event is of another terminal or epoch, or out of its order; nothing was kept."""

    seq: int


Receipt = Accepted | Gap | Fork | Broken | Foreign


def check(terminal: Terminal, events: Sequence[JournalEvent]) -> HashProfile | Broken | Foreign:
    """By which hash a batch is chained, or what is wrong with it in itself.

    Before anything is looked up: the costly part, without a transaction.
    """
    profile: HashProfile = "sha256" if _is_as_signed(terminal, events[0], "sha256") else "sm3"
    for place, event in enumerate(events):
        if (event.terminal_id, event.epoch) != (terminal.terminal_id, terminal.epoch):
            return Foreign(event.seq)
        if event.seq != events[0].seq + place:
            return Foreign(event.seq)
        if not _is_as_signed(terminal, event, profile):
            return Broken(event.seq)
    return profile


def _is_as_signed(terminal: Terminal, event: JournalEvent, profile: HashProfile) -> bool:
    try:
        return is_intact(event, event.previous_hash, profile) and terminal.key.verifies(event.signature, event.hash)
    except (TypeError, ValueError):  # a body without a canonical form: floats, lone surrogates
        return False


def receive(
    session: Session,
    site_id: str,
    terminal: Terminal,
    events: Sequence[JournalEvent],
    profile: HashProfile,
    now: datetime,
) -> Receipt:
    """Keeps what is new of a checked batch and folds it into the projections. An epoch has one hash, from its start."""
    head = _head(session, site_id, terminal, profile)
    if head.profile != profile:
        return Broken(events[0].seq)
    if events[0].seq > head.seq + 1:
        return Gap(head.seq + 1)
    fork = _fork(session, site_id, head, events)
    if fork is not None:
        quarantine(session, site_id, terminal.terminal_id, f"journal forked at {fork} in epoch {terminal.epoch}")
        return Fork(fork)
    new = [event for event in events if event.seq > head.seq]
    if new:
        session.execute(insert(JournalRow), [_row(site_id, event, now) for event in new])
        head.seq, head.hash = new[-1].seq, new[-1].hash
    remarks = project(session, site_id, new, now)
    duplicates = [EventResult(seq=event.seq, outcome="duplicate") for event in events[: len(events) - len(new)]]
    return Accepted(head.seq, [*duplicates, *(_result(event, remarks) for event in new)])


def _head(session: Session, site_id: str, terminal: Terminal, profile: HashProfile) -> JournalHeadRow:
    """Locked: two batches of one terminal are taken one after the other."""
    key = {"site_id": site_id, "terminal_id": terminal.terminal_id, "epoch": terminal.epoch}
    insert_absent(session, JournalHeadRow, **key, seq=0, hash=GENESIS, profile=profile)
    return session.get_one(JournalHeadRow, tuple(key.values()), with_for_update=True)


def _fork(session: Session, site_id: str, head: JournalHeadRow, events: Sequence[JournalEvent]) -> int | None:
    """The first number whose event differs from the one kept, or does not continue what came before it."""
    kept = _kept(session, site_id, head, events)
    previous = kept.get(events[0].seq - 1, head.hash if events[0].seq == head.seq + 1 else events[0].previous_hash)
    for event in events:
        if event.previous_hash != previous or kept.get(event.seq, event.hash) != event.hash:
            return event.seq
        previous = event.hash
    return None


def _kept(session: Session, site_id: str, head: JournalHeadRow, events: Sequence[JournalEvent]) -> dict[int, bytes]:
    query = select(JournalRow.seq, JournalRow.hash).where(
        JournalRow.site_id == site_id,
        JournalRow.terminal_id == head.terminal_id,
        JournalRow.epoch == head.epoch,
        JournalRow.seq.between(events[0].seq - 1, events[-1].seq),
    )
    return dict(session.execute(query).all())


def _result(event: JournalEvent, remarks: Mapping[int, str]) -> EventResult:
    remark = remarks.get(event.seq, "")
    return EventResult(seq=event.seq, outcome="flagged" if remark else "stored", remark=remark)


def _row(site_id: str, event: JournalEvent, now: datetime) -> dict[str, object]:
    return {
        "site_id": site_id,
        "terminal_id": event.terminal_id,
        "epoch": event.epoch,
        "seq": event.seq,
        "hash": event.hash,
        "previous_hash": event.previous_hash,
        "at": event.at,
        "type": event.type,
        "schema": event.schema,
        "body": canonical(event.body),
        "signature": event.signature,
        "received_at": now,
    }
