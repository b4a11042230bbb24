"""Gates: a scan is kept once, a second one of a ticket is seen, and terminals hear of both."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from central.storage.tables import AuditRow
from shared.domain.sale import TicketVoided
from shared.wire.problem import Problem
from tests.central.world import TEN, RunningCentral, Terminal, problem, ticket

ID = "ab" * 16


def scan(gate: str = "north", at: str = "2026-11-23T02:00:00.000000Z", ticket_id: str = ID) -> dict[str, object]:
    return {"ticket_id": ticket_id, "lease_id": "00" * 8, "k": 1, "gate": gate, "at": at}


def tell(terminal: Terminal, *scans: object) -> list[str]:
    answer = terminal.call("POST", "/v1/admissions", {"admissions": list(scans)})
    return [result["outcome"] for result in answer.json()["results"]]


def feed(terminal: Terminal, kind: str) -> list[dict[str, Any]]:
    entries = terminal.call("GET", "/v1/feed").json()["entries"]
    return [entry for entry in entries if entry["kind"] == kind]


def test_a_scan_sent_twice_is_one_and_two_scans_of_a_ticket_are_both_kept(central: RunningCentral) -> None:
    gate = Terminal(central).enrol(mode="gate")
    assert tell(gate, scan(), scan()) == ["stored", "duplicate"]
    assert tell(gate, scan("south", "2026-11-23T01:59:00.000000Z")) == ["again"]
    assert [(e["ticket_id"], e["gate"]) for e in feed(gate, "admitted")] == [(ID, "north")]
    rows = central.service.database.read(
        lambda s: [(r.action, json.loads(r.document)) for r in s.scalars(select(AuditRow))]
    )
    assert rows == [("admitted_again", {"gate": "south", "before": "north"})]


def test_a_tickets_standing_follows_gate_and_window(central: RunningCentral) -> None:
    gate, window = Terminal(central).enrol(mode="gate"), Terminal(central).enrol(mode="window")
    lease = window.lease(TEN, 3)
    signed = ticket("s1", 0, lease, 1)
    events = window.sell("s1", lease, 1)
    renamed = [event for event in events if event.type != "sale.ticket_signed"]
    assert problem(gate.call("GET", f"/v1/tickets/{ID}")) == Problem.UNKNOWN_TICKET.number
    window.seq, window.head = 0, bytes(32)
    body = next(dict(event.body) for event in events if event.type == "sale.ticket_signed")
    window.push(
        *[window.write(e.type, e.body) for e in renamed[:2]],
        window.write("sale.ticket_signed", {**body, "ticket_id": ID}),
    )
    assert gate.call("GET", f"/v1/tickets/{ID}").json()["state"] == "live"
    tell(gate, scan())
    assert gate.call("GET", f"/v1/tickets/{ID}").json()["gate"] == "north"
    revoked = window.call("POST", f"/v1/tickets/{ID}/revocation", {"author": "ann", "reason": "stolen"})
    assert revoked.json()["state"] == "revoked"
    assert [entry["ticket_id"] for entry in feed(gate, "revoked")] == [ID]
    assert (
        problem(gate.call("POST", f"/v1/tickets/{ID}/revocation", {"author": "x", "reason": "y"}))
        == Problem.NOT_A_WINDOW.number
    )
    assert signed.ticket_id != ID


def test_a_refunded_ticket_that_was_let_in_is_told(central: RunningCentral) -> None:
    gate, window = Terminal(central).enrol(mode="gate"), Terminal(central).enrol(mode="window")
    lease = window.lease(TEN, 3)
    events = window.sell("s1", lease, 1)
    body = next(dict(event.body) for event in events if event.type == "sale.ticket_signed")
    window.seq, window.head = 0, bytes(32)
    window.push(
        *[window.write(e.type, e.body) for e in events[:2]],
        window.write("sale.ticket_signed", {**body, "ticket_id": ID}),
        *window.sale("s1", TicketVoided(ID, "refund", "R1")),
    )
    assert gate.call("GET", f"/v1/tickets/{ID}").json()["state"] == "ended"
    assert tell(gate, scan()) == ["stored"]
    actions = central.service.database.read(lambda s: list(s.scalars(select(AuditRow.action))))
    assert actions == ["admitted_after_refund"]


def test_too_many_scans_at_once_are_refused(central: RunningCentral) -> None:
    gate = Terminal(central).enrol(mode="gate")
    answer = gate.call("POST", "/v1/admissions", {"admissions": [scan()] * 201})
    assert problem(answer) == Problem.INVALID.number
