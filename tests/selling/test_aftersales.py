"""One call for a screen: what would go back, the tap that does it, and the list for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from drivers.emulators.printer_sensors import PrinterTrouble
from drivers.emulators.wechat_gateway import Behaviour, make_code
from shared.domain.refund_state import Refund
from shared.domain.sale_errors import HistoryError
from shared.domain.sale_state import Sale
from shared.domain.ticket import TicketPayload
from shared.security.keys import Keyring
from shared.security.ticket_code import seal
from shared.selling.aftersales import Aftersales
from shared.selling.paying import Payer
from shared.selling.refund_plan import Denied, RefundPlan
from tests.selling.conftest import KEY, START, Booth, basket
from tests.selling.desk import TestDesk

UNREACHABLE = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.fixture
def desk(booth: Booth) -> TestDesk:
    return TestDesk(booth)


@pytest.fixture
def aftersales(desk: TestDesk) -> Aftersales:
    return Aftersales(desk.desk(), desk.booth.process, lambda: Keyring().with_key(KEY.public, "t1"))


def test_one_call_says_what_a_ticket_gives_back_and_one_does_it(desk: TestDesk, aftersales: Aftersales) -> None:
    ticket = desk.sell().tickets[0].ticket_id
    quoted = aftersales.quote_refund(ticket)
    assert isinstance(quoted, RefundPlan)
    assert (quoted.back.minor, quoted.here, desk.booth.gateway.taken_minor) == (6000, True, 18000)
    assert isinstance(aftersales.refund("R1", ticket, "ann", "rain"), Refund)
    assert desk.booth.gateway.taken_minor == 12000
    assert aftersales.quote_refund(ticket.upper()) == Denied("already_ended", ticket)


def test_a_ticket_is_known_by_its_code_too(desk: TestDesk, aftersales: Aftersales) -> None:
    ticket = desk.sell().tickets[0]
    end = START + timedelta(hours=1)
    payload = TicketPayload(KEY.public.key_id, ticket.unit, bytes.fromhex(ticket.ticket_id), 1, START, START, end)
    quoted = aftersales.quote_refund(seal(payload, KEY))
    assert isinstance(quoted, RefundPlan)
    assert quoted.tickets[0].ticket_id == ticket.ticket_id


@pytest.mark.parametrize("code", ["", "nonsense", "ab" * 16])
def test_what_is_no_ticket_of_ours_is_not_taken_back(desk: TestDesk, aftersales: Aftersales, code: str) -> None:
    for said in (
        aftersales.quote_refund(code),
        aftersales.refund("R1", code, "ann", "rain"),
        aftersales.reissue(code, "ann", "wet"),
    ):
        assert isinstance(said, Denied)
        assert said.reason == "unknown_ticket"


def test_a_whole_sale_is_voided_once(desk: TestDesk, aftersales: Aftersales) -> None:
    desk.sell()
    voided = aftersales.void("R1", "S1", "ann", "wrong slot")
    assert isinstance(voided, Refund)
    assert voided.outcome == "done"
    assert desk.booth.gateway.taken_minor == 0
    assert aftersales.void("R2", "S1", "ann", "wrong slot") == Denied("already_ended", "")


def test_a_reissue_by_one_tap(desk: TestDesk, aftersales: Aftersales) -> None:
    ticket = desk.sell().tickets[0].ticket_id
    assert isinstance(aftersales.reissue(ticket, "ann", "wet"), Sale)


def test_a_claim_is_on_the_list_until_a_person_honours_it(desk: TestDesk, aftersales: Aftersales) -> None:
    booth = desk.booth
    booth.process.open("S1", basket())
    booth.paper.set_fault(PrinterTrouble.PAPER_OUT)
    booth.process.pay("S1", Payer("wechat", make_code(Behaviour.APPROVE)))
    claim = booth.store.sale("S1").claim
    assert claim is not None
    (item,) = booth.store.unfinished()
    assert (item.document_id, item.kind, item.why, item.claim_code) == ("S1", "sale", "printer", claim.code)
    assert abs(datetime.now(UTC) - item.since) < timedelta(minutes=1)
    assert claim.code not in repr(item)
    aftersales.honour_claim("S1", "ann", "tickets")
    assert booth.store.unfinished() == []
    with pytest.raises(HistoryError):
        aftersales.honour_claim("S1", "ann", "tickets")


def test_a_claim_is_settled_by_refunding_its_tickets(desk: TestDesk) -> None:
    booth = desk.booth
    booth.process.open("S1", basket())
    booth.paper.set_fault(PrinterTrouble.PAPER_OUT)
    booth.process.pay("S1", Payer("wechat", make_code(Behaviour.APPROVE)))
    desk.refund(0, 1)
    assert booth.gateway.taken_minor == 0
    assert booth.store.unfinished() == []
    assert booth.store.trial_balance() == []


def test_open_sales_and_refunds_are_on_the_list_and_resumed(desk: TestDesk, aftersales: Aftersales) -> None:
    desk.sell()
    desk.booth.process.open("S2", replace(basket(), language="ru"))
    desk.booth.line.up = False
    desk.booth.store.close_lease(b"lease--1")
    desk.refund(0, refund_id="R1")
    desk.booth.line.up = True
    for _ in range(desk.booth.counter.pace.refund_tries):
        desk.booth.gateway.answer_next(UNREACHABLE)
    desk.refund(1, refund_id="R2")
    listed = {(item.document_id, item.why) for item in desk.booth.store.unfinished()}
    assert listed == {("S2", "payment_open"), ("R1", "queued"), ("R2", "refund_unknown")}
    aftersales.resume()
    assert desk.booth.store.unfinished() == []
    assert desk.booth.gateway.taken_minor == 6000


def test_a_refund_s_claim_is_paid_once_out_of_the_drawer(desk: TestDesk, aftersales: Aftersales) -> None:
    ticket = desk.sell().tickets[0].ticket_id
    store = desk.booth.store
    desk.booth.counter.methods["wechat"].reverse(store.sale("S1").attempts[0].order_no)
    refund = aftersales.refund("R1", ticket, "ann", "rain")
    assert isinstance(refund, Refund)
    assert refund.outcome == "claim"
    assert [item.document_id for item in store.unfinished()] == ["R1"]
    honoured = aftersales.honour_refund_claim("R1", "bea")
    assert honoured.claim_honoured
    balances = {str(b.account): b.balance.minor for b in store.trial_balance()}
    assert (balances["drawer"], balances.get("refunds_payable:wechat", 0)) == (-6000, 0)
    assert store.unfinished() == []
    with pytest.raises(HistoryError, match="honoured once"):
        aftersales.honour_refund_claim("R1", "bea")


def test_a_refund_that_may_still_come_back_is_not_paid_at_a_window(desk: TestDesk, aftersales: Aftersales) -> None:
    ticket = desk.sell().tickets[0].ticket_id
    for _ in range(desk.booth.counter.pace.refund_tries):
        desk.booth.gateway.answer_next(UNREACHABLE)
    refund = aftersales.refund("R1", ticket, "ann", "rain")
    assert isinstance(refund, Refund)
    assert refund.claim
    with pytest.raises(HistoryError, match="honoured once"):
        aftersales.honour_refund_claim("R1", "bea")
