"""Tickets that opened a gate come down the feed into the terminal's own file; what a terminal does not know is left."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.security.keys import SigningKey
from shared.storage import admissions
from shared.storage.database import Database
from shared.storage.journal import Pen
from shared.storage.store import TerminalStore
from shared.sync.answers import Ok
from shared.sync.client import CentralClient
from shared.sync.download import Downloader
from shared.wire.signing import CENTRAL_TIME
from tests.central.world import SetClock
from tests.sync.test_client import QUICK, answering

NOW = "2026-11-23T01:00:00.000000Z"
USED, OTHER = "ab" * 16, "cd" * 16


def admitted(cursor: int, ticket_id: str, gate: str = "north") -> dict[str, object]:
    return {"cursor": cursor, "kind": "admitted", "ticket_id": ticket_id, "at": NOW, "gate": gate}


def page(*entries: dict[str, object]) -> bytes:
    cursors = [int(str(entry["cursor"])) for entry in entries]
    body = json.dumps({"entries": entries, "cursor": max(cursors), "more": False, "now": NOW}).encode()
    head = f"HTTP/1.1 200 OK\r\n{CENTRAL_TIME}: {NOW}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def read(store: TerminalStore, raw: bytes) -> None:
    with answering(raw) as url:
        client = CentralClient(url, SigningKey.generate(), SetClock(), secrets.token_bytes)
        answer = Downloader(client, store, QUICK).run()
        client.close()
        assert isinstance(answer, Ok), answer


def test_used_tickets_are_known_after_the_page_and_after_a_restart(tmp_path: Path) -> None:
    database = Database(tmp_path / "terminal.sqlite")
    store = TerminalStore(database, Pen("t1", 1, SigningKey.generate()), SetClock())
    read(store, page(admitted(3, USED)))
    read(store, page(admitted(4, USED, "south")))
    database.close()
    again = Database(tmp_path / "terminal.sqlite")
    store = TerminalStore(again, Pen("t1", 2, SigningKey.generate()), SetClock())
    assert (store.admitted(USED), store.admitted(OTHER)) == (True, False)
    assert store.fact("feed") == {"cursor": 4}
    late = datetime(2026, 11, 23, 1, tzinfo=UTC) + timedelta(seconds=1)
    assert again.run(lambda connection: admissions.forget(connection, late)) == 1
    assert not store.admitted(USED)
    again.close()


def test_an_entry_of_a_kind_to_come_is_passed_over(tmp_path: Path) -> None:
    database = Database(tmp_path / "terminal.sqlite")
    store = TerminalStore(database, Pen("t1", 1, SigningKey.generate()), SetClock())
    read(store, page({"cursor": 2, "kind": "weather", "snow": True}, admitted(3, USED)))
    assert store.admitted(USED)
    database.close()
