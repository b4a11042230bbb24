from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.feed.entries import publish
from central.storage.tables import FeedRow
from tests.central.world import SMALL, TEN, RunningCentral, Terminal


def read(terminal: Terminal, after: int = 0, limit: int = 200) -> Any:
    answer = terminal.call("GET", f"/v1/feed?after={after}&limit={limit}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def kinds(entries: Iterable[Any]) -> set[str]:
    return {entry["kind"] for entry in entries}


def test_a_new_terminal_receives_everything_that_is_true(terminal: Terminal) -> None:
    page = read(terminal)
    by_kind = {entry["kind"]: entry for entry in page["entries"]}
    assert kinds(page["entries"]) == {"catalogue", "prices", "keyring", "places"}
    assert by_kind["catalogue"]["version"] == "c1"
    assert by_kind["prices"]["document"] == {"version": "p1"}
    owners = {key["owner"] for key in by_kind["keyring"]["keys"]}
    assert owners == {"central", f"terminal:{terminal.terminal_id}"}


def test_paging_gives_every_entry_once_and_in_order(terminal: Terminal) -> None:
    whole = read(terminal)["entries"]
    paged: list[Any] = []
    page = read(terminal, limit=2)
    while page["more"]:
        assert len(page["entries"]) == 2
        paged += page["entries"]
        page = read(terminal, page["cursor"], limit=2)
    paged += page["entries"]
    assert paged == whole
    assert [entry["cursor"] for entry in paged] == sorted(entry["cursor"] for entry in paged)


def test_going_on_from_a_cursor_gives_only_what_is_new(terminal: Terminal) -> None:
    cursor = read(terminal)["cursor"]
    assert read(terminal, cursor)["entries"] == []
    Terminal(terminal.central).enrol()
    assert kinds(read(terminal, cursor)["entries"]) == {"keyring"}


def test_places_are_published_within_a_second(terminal: Terminal) -> None:
    cursor = read(terminal)["cursor"]
    lease = terminal.lease(SMALL, 4)
    terminal.push(*terminal.sell("s1", lease, 1))
    began = time.monotonic()
    entries: list[Any] = []
    while not entries or entries[-1]["left"] == 10:
        assert time.monotonic() - began < 1
        entries = read(terminal, cursor)["entries"]
    assert {key: entries[-1][key] for key in ("slot", "capacity", "free", "left")} == {
        "slot": str(SMALL),
        "capacity": 10,
        "free": 6,
        "left": 9,
    }


def test_slots_that_are_over_are_withdrawn_and_a_new_day_is_opened(terminal: Terminal) -> None:
    terminal.central.clock.shift += timedelta(days=1)
    began = time.monotonic()
    slots: set[str] = {str(TEN)}
    while str(TEN) in slots or not slots:
        assert time.monotonic() - began < 5
        slots = {entry["slot"] for entry in read(terminal)["entries"] if entry["kind"] == "places"}
    assert all("2026-11-24" in slot for slot in slots)


def test_what_says_the_same_is_not_published_again(central: RunningCentral) -> None:
    def cursors() -> list[int]:
        return central.service.database.read(lambda s: list(s.scalars(select(FeedRow.cursor))))

    before = cursors()
    central.service.publish_documents()
    assert cursors() == before


def test_a_cursor_of_other_data_begins_at_the_start(terminal: Terminal) -> None:
    assert read(terminal, after=10**9)["entries"] == read(terminal)["entries"]


def test_a_newer_entry_replaces_the_older_one(terminal: Terminal) -> None:
    service = terminal.central.service
    cursor = read(terminal)["cursor"]

    def work(session: Session) -> None:
        for number in range(3):
            document = {"version": f"v{number}", "document": {}}
            publish(session, service.site_id, "settings", "settings", document)

    service.database.write(work)
    entries = read(terminal, cursor)["entries"]
    assert [(entry["kind"], entry["version"]) for entry in entries] == [("settings", "v2")]
