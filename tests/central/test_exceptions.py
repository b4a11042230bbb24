"""The exceptions list: seen at a window, settled once by a person, in the audit chain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text, update

from central.audit.chain import first_broken
from central.storage.tables import AuditRow, ExceptionRow
from shared.domain.sale import PaymentAnswered
from shared.wire.problem import Problem
from tests.central.world import TEN, RunningCentral, Terminal, opened, problem, ticket


def listed(window: Terminal) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = window.call("GET", "/v1/exceptions").json()["exceptions"]
    return found


def settle(window: Terminal, exception: dict[str, Any], how: str) -> Any:
    path = f"/v1/exceptions/{exception['terminal_id']}/{exception['epoch']}/{exception['seq']}/settlement"
    return window.call("POST", path, {"how": how, "author": "ann", "note": "seen"})


def test_a_poison_event_between_two_good_ones_is_seen_and_accepted(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    lease = kiosk.lease(TEN, 5)
    poison = kiosk.sale("s0", *[]) or [kiosk.write("sale.opened", {"sale_id": "s0", "language": 7})]
    kiosk.push(*poison, *kiosk.sell("s1", lease, 1))
    assert [(e["kind"], e["type"], e["seq"]) for e in listed(window)] == [("unreadable", "sale.opened", 1)]
    assert problem(settle(window, listed(window)[0], "retried")) == Problem.STILL_UNFIT.number
    first = listed(window)[0]
    assert settle(window, first, "accepted").status_code == 204
    assert listed(window) == []
    assert problem(settle(window, first, "accepted")) == Problem.UNKNOWN_EXCEPTION.number
    row = central.service.database.read(lambda s: s.get_one(ExceptionRow, ("hill", kiosk.terminal_id, 1, 1)))
    assert (row.settled_by, row.settled_how, row.note) == ("ann", "accepted", "seen")


def test_a_retried_event_takes_effect_when_its_cause_is_gone(central: RunningCentral) -> None:
    window, kiosk = Terminal(central).enrol(mode="window"), Terminal(central).enrol()
    lease = kiosk.lease(TEN, 5)
    kiosk.push(*kiosk.sale("s1", opened(TEN, 1), ticket("s1", 0, lease, 1), PaymentAnswered(1, "paid", "r")))
    assert [e["kind"] for e in listed(window)] == ["ticket_unpaid"]
    assert settle(window, listed(window)[0], "retried").status_code == 204
    assert kiosk.call("GET", "/v1/summary").json()["tickets"] == 1


def test_only_windows_see_exceptions(terminal: Terminal) -> None:
    assert problem(terminal.call("GET", "/v1/exceptions")) == Problem.NOT_A_WINDOW.number


def test_the_audit_chain_shows_where_it_was_altered(central: RunningCentral) -> None:
    window = Terminal(central).enrol(mode="window")
    for places in (1, 2, 3):
        window.call("PUT", f"/v1/slots/{TEN}/reserve", {"places": places, "author": "ann"})
    database = central.service.database
    assert database.read(lambda s: first_broken(s, "hill")) is None
    database.write(lambda s: s.execute(update(AuditRow).where(AuditRow.number == 2).values(author="bob")))
    assert database.read(lambda s: first_broken(s, "hill")) == 2
    database.write(lambda s: s.execute(text("DELETE FROM audit WHERE number = 1")))
    assert database.read(lambda s: first_broken(s, "hill")) == 1


def test_a_journal_hashed_by_sm3_is_taken_and_stays_so(central: RunningCentral) -> None:
    kiosk = Terminal(central, profile="sm3").enrol()
    lease = kiosk.lease(TEN, 5)
    answer = kiosk.push(*kiosk.sell("s1", lease, 1))
    assert {r["outcome"] for r in answer.json()["results"]} == {"stored"}
    kiosk.profile = "sha256"
    assert problem(kiosk.push(kiosk.write("note", {}))) == Problem.BROKEN_CHAIN.number


def test_a_newer_terminals_unknown_fields_are_kept(central: RunningCentral) -> None:
    kiosk = Terminal(central).enrol()
    event = kiosk.sale("s1", opened(TEN, 1))[0]
    newer = kiosk.event(1, event.previous_hash, event.type, {**event.body, "mood": "glad"})
    assert kiosk.push(newer).json()["results"][0]["outcome"] == "stored"
    kept = central.service.database.read(lambda s: s.execute(text("SELECT body FROM journal_event")).scalar_one())
    assert b'"mood":"glad"' in bytes(kept)
