"""The sale's state machine: what follows, what is refused, and where every history ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import sale as ev
from shared.domain import sale_steps as steps
from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money
from shared.domain.sale_errors import HistoryError
from shared.domain.sale_history import apply, replay
from shared.domain.sale_state import Sale

CNY = Currency("CNY")
UNITS = tuple(LeaseUnit(b"lease---", k) for k in (1, 2))
OPENED = ev.SaleOpened("en", "kiosk", "entry@2026-11-23T01:00Z", ("adult", "child"), "entry", Money(9000, CNY), {})
HELD = ev.PlacesHeld(UNITS)


def _pay(attempt: int = 1, minor: int = 9000) -> list[ev.SaleEvent]:
    return [ev.PaymentCreated(attempt, "wechat", f"N{attempt}", Money(minor, CNY)), ev.PaymentSubmitted(attempt)]


PAID: list[ev.SaleEvent] = [OPENED, HELD, *_pay(), ev.PaymentAnswered(1, "paid", "ref")]


def test_a_good_sale_walks_to_its_end() -> None:
    sale = replay("S", PAID)
    assert steps.next_step(sale) == steps.Sign((0, 1))
    sale = _sign(_sign(sale, 0), 1)
    for index in (0, 1):
        assert isinstance(steps.next_step(sale), steps.Print)
        sale = _print(sale, f"T{index}", "printed")
    assert steps.next_step(sale) == steps.PrintReceipt()
    sale = _print(sale, "receipt", "unknown")
    assert steps.next_step(sale) == steps.Close("done")
    assert steps.next_step(apply(sale, ev.SaleClosed("done"))) == steps.Ended()


def test_a_doubtful_sheet_is_awaited_then_reissued_in_its_place_then_left_to_a_person() -> None:
    sale = _sign(_sign(replay("S", PAID), 0), 1)
    sale = _print(sale, "T0", "unknown")
    assert isinstance(steps.next_step(sale), steps.AwaitSheet)
    sale = apply(sale, ev.PrintAnswered("job-T0", "unknown", "no recovery"))
    assert isinstance(steps.next_step(sale), steps.Reissue)
    sale = apply(sale, ev.TicketVoided("T0", "unconfirmed"))
    assert steps.next_step(sale) == steps.Sign((0,))
    sale = _sign(sale, 0, "T0b", replaces="T0")
    assert sale.live_tickets[0].unit == UNITS[0]
    sale = apply(_print(sale, "T0b", "unknown"), ev.PrintAnswered("job-T0b", "unknown"))
    assert isinstance(steps.next_step(sale), steps.IssueClaim)


@pytest.mark.parametrize("answers", [["declined"], ["unknown", "declined"]])
def test_a_second_attempt_waits_for_the_end_of_the_first(answers: list[ev.PaymentOutcome]) -> None:
    sale = replay("S", [OPENED, HELD, *_pay()])
    for answer in answers:
        with pytest.raises(HistoryError):
            apply(sale, _pay(2)[0])
        sale = apply(sale, ev.PaymentAnswered(1, answer))
    assert steps.next_step(sale) == steps.AwaitPayment(OPENED.total)
    apply(sale, _pay(2)[0])


def test_after_a_reversal_has_begun_only_its_end_counts() -> None:
    sale = replay("S", [OPENED, HELD, *_pay(), ev.ReverseSubmitted(1)])
    with pytest.raises(HistoryError):
        apply(sale, ev.PaymentAnswered(1, "paid"))
    assert isinstance(steps.next_step(apply(sale, ev.ReverseAnswered(1, "unknown"))), steps.Reverse)


def test_the_rest_is_waited_for_until_the_parts_make_up_the_total() -> None:
    sale = replay("S", [OPENED, HELD, *_pay(1, 4000), ev.PaymentAnswered(1, "paid", "a")])
    assert steps.next_step(sale) == steps.AwaitPayment(Money(5000, CNY))
    with pytest.raises(HistoryError, match="the rest or a part"):
        apply(sale, _pay(2, 5001)[0])
    for event in [*_pay(2, 5000), ev.PaymentAnswered(2, "paid", "b")]:
        sale = apply(sale, event)
    assert steps.next_step(sale) == steps.Sign((0, 1))


def test_a_sale_given_up_gives_each_part_back_before_it_is_released() -> None:
    sale = replay("S", [OPENED, HELD, *_pay(1, 4000), ev.PaymentAnswered(1, "paid", "a")])
    with pytest.raises(HistoryError, match="what pays for the sale stays"):
        apply(sale, ev.RefundSubmitted(1, "R"))
    sale = apply(sale, ev.SaleGivenUp("left"))
    assert isinstance(steps.next_step(sale), steps.PayBack)
    with pytest.raises(HistoryError, match="not released"):
        apply(sale, ev.SaleClosed("released"))
    sale = apply(apply(sale, ev.RefundSubmitted(1, "R")), ev.RefundAnswered(1, "unknown"))
    with pytest.raises(HistoryError, match="keeps its number"):
        apply(sale, ev.RefundSubmitted(1, "another"))
    sale = apply(apply(sale, ev.RefundSubmitted(1, "R")), ev.RefundAnswered(1, "refunded", "r"))
    assert steps.next_step(sale) == steps.Close("released")


def test_money_that_comes_after_a_reversal_began_is_refunded_and_the_visitor_may_pay_again() -> None:
    sale = replay("S", [OPENED, HELD, *_pay(), ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "unknown")])
    sale = apply(sale, ev.PaidLate(1, "ref"))
    assert not sale.is_paid
    sale = apply(apply(sale, ev.RefundSubmitted(1, "R")), ev.RefundAnswered(1, "refunded"))
    assert steps.next_step(sale) == steps.AwaitPayment(OPENED.total)


def test_a_refund_that_is_declined_is_left_to_a_person() -> None:
    sale = replay("S", [OPENED, HELD, *_pay(), ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "unknown")])
    for event in (ev.PaidLate(1, "ref"), ev.RefundSubmitted(1, "R"), ev.RefundAnswered(1, "declined")):
        sale = apply(sale, event)
    assert steps.next_step(sale) == steps.IssueClaim("refund_declined")
    sale = _print(apply(sale, ev.ClaimIssued("C", "refund_declined")), "claim", "printed")
    assert steps.next_step(sale) == steps.Close("claim")
    sale = apply(sale, ev.SaleClosed("claim"))
    assert apply(sale, ev.ClaimHonoured("ann", "money")).claim_honoured


def test_a_ticket_is_reissued_on_request_in_its_place_and_the_sale_is_done_again() -> None:
    sale = _done()
    sale = apply(apply(sale, ev.SaleReopened("wet", "ann")), ev.TicketVoided("T0", "wet"))
    assert steps.next_step(sale) == steps.Sign((0,))
    sale = _print(_sign(sale, 0, "T0b", replaces="T0"), "T0b", "printed")
    assert steps.next_step(sale) == steps.Close("done")
    assert sale.reissues == 1


def test_a_place_given_up_for_a_document_gets_no_ticket_any_more() -> None:
    sale = apply(_done(), ev.TicketVoided("T0", "refunded", "R1"))
    with pytest.raises(HistoryError, match="no such live ticket"):
        apply(sale, ev.TicketVoided("T0", "refunded", "R2"))
    with pytest.raises(HistoryError, match="ended by a document"):
        apply(sale, ev.TicketVoided("T1", "why"))
    sale = apply(sale, ev.SaleReopened("wet", "ann"))
    assert steps.next_step(sale) == steps.Close("done")
    with pytest.raises(HistoryError, match="given up"):
        _sign(sale, 0, "T0b", replaces="T0")


def test_what_was_paid_before_pays_for_the_sale() -> None:
    prepaid = ev.Prepaid("booking", "B1", OPENED.total)
    sale = replay("S", [replace(OPENED, prepaid=prepaid), HELD])
    assert steps.next_step(sale) == steps.Sign((0, 1))
    part = replace(prepaid, amount=Money(4000, CNY))
    assert steps.next_step(replay("S", [replace(OPENED, prepaid=part), HELD])) == steps.AwaitPayment(Money(5000, CNY))


def _done() -> Sale:
    sale = replay("S", PAID)
    for index in (0, 1):
        sale = _print(_sign(sale, index), f"T{index}", "printed")
    return apply(_print(sale, "receipt", "printed"), ev.SaleClosed("done"))


@pytest.mark.parametrize(
    "history",
    [
        [],
        [OPENED, HELD, ev.PaymentSubmitted(1)],
        [OPENED, HELD, ev.SaleClosed("claim")],
        [*PAID, ev.SaleReopened("x", "ann")],
        [*PAID, ev.ClaimHonoured("ann", "money")],
        [HELD],
        [OPENED, HELD, HELD],
        [OPENED, ev.PlacesHeld(UNITS[:1])],
        [OPENED, *_pay()],
        [OPENED, HELD, ev.TicketSigned(0, "T", UNITS[0], "entry", "adult", "Q")],
        [*PAID, ev.TicketSigned(0, "T", UNITS[1], "entry", "adult", "Q")],
        [*PAID, ev.SaleClosed("released")],
        [OPENED, HELD, ev.SaleClosed("done")],
        [OPENED, ev.SaleClosed("released"), HELD],
        [*PAID, ev.PrintAnswered("job", "printed")],
        [*PAID, OPENED],
    ],
)
def test_an_impossible_history_is_refused(history: list[ev.SaleEvent]) -> None:
    with pytest.raises(HistoryError):
        replay("S", history)


@given(st.data())
def test_whatever_the_world_answers_no_ticket_is_unpaid_and_no_place_has_two(data: st.DataObject) -> None:
    sale = replay("S", [OPENED, HELD])
    for number in range(60):
        step = steps.next_step(sale)
        if isinstance(step, steps.Ended):
            break
        sale = _world(sale, step, data, weary=number > 20)
        assert sale.is_paid or not sale.tickets
        assert sale.collected <= OPENED.total
        assert len({t.index for t in sale.live_tickets}) == len(sale.live_tickets)
    assert isinstance(steps.next_step(sale), steps.Ended)
    assert sale.owes_nothing == (sale.outcome == "released")
    if sale.outcome == "done":
        assert all(t.sheet and t.sheet.is_out for t in sale.live_tickets)
        assert len(sale.live_tickets) == 2


def _world(sale: Sale, step: steps.Step, data: st.DataObject, *, weary: bool) -> Sale:
    """The outside world answers as it likes; a weary one answers clearly, so that every sale ends."""
    number = len(sale.attempts)
    match step:
        case steps.AwaitPayment(rest):
            if number >= 3:
                return apply(sale, ev.SaleClosed("released") if sale.owes_nothing else ev.SaleGivenUp("left"))
            return apply(sale, _pay(number + 1, data.draw(st.integers(1, rest.minor)))[0])
        case steps.Submit():
            return apply(sale, ev.PaymentSubmitted(number))
        case steps.Settle():
            settled = ev.PaymentAnswered(number, "declined")
            return apply(sale, settled if weary else data.draw(st.sampled_from(_settlements(number))))
        case steps.Reverse(attempt):
            if attempt.state == "reverse_unknown":
                late = ev.PaidLate(number, "ref") if data.draw(st.booleans()) else ev.ReverseSubmitted(number)
                return apply(sale, late)
            unknown = not weary and data.draw(st.booleans())
            return apply(sale, ev.ReverseAnswered(number, "unknown" if unknown else "reversed"))
        case steps.PayBack(attempt):
            sale = apply(sale, ev.RefundSubmitted(attempt.number, f"R{attempt.number}"))
            answers: list[ev.RefundOutcome] = ["refunded", "declined"] if weary else ["refunded", "declined", "unknown"]
            return apply(sale, ev.RefundAnswered(attempt.number, data.draw(st.sampled_from(answers))))
        case steps.Sign(indices):
            for index in indices:
                generation = sum(t.index == index for t in sale.tickets)
                sale = _sign(sale, index, f"T{index}-{generation}", f"T{index}-{generation - 1}" if generation else "")
            return sale
        case steps.Print(ticket):
            return _print(sale, ticket.ticket_id, data.draw(st.sampled_from(["printed", "not_started", "unknown"])))
        case steps.AwaitSheet(ticket):
            assert ticket.sheet is not None
            return apply(
                sale, ev.PrintAnswered(ticket.sheet.job_id, data.draw(st.sampled_from(["printed", "unknown"])))
            )
        case steps.Reissue(ticket):
            return apply(sale, ev.TicketVoided(ticket.ticket_id, "x"))
        case steps.PrintReceipt():
            return _print(sale, "receipt", "printed")
        case steps.IssueClaim(reason):
            return apply(sale, ev.ClaimIssued("CODE", reason))
        case steps.PrintClaim():
            return _print(sale, "claim", "not_started")
        case steps.Close(outcome):
            return apply(sale, ev.SaleClosed(outcome))
    raise AssertionError(step)


def _settlements(number: int) -> list[ev.SaleEvent]:
    answers = [ev.PaymentAnswered(number, outcome) for outcome in ("paid", "declined", "unknown")]
    return [*answers, ev.ReverseSubmitted(number)]


def _sign(sale: Sale, index: int, ticket_id: str = "", replaces: str = "") -> Sale:
    ticket_id = ticket_id or f"T{index}"
    return apply(sale, ev.TicketSigned(index, ticket_id, UNITS[index], "entry", "adult", "QR", replaces))


def _print(sale: Sale, subject: str, outcome: ev.PrintOutcome) -> Sale:
    job = f"job-{subject}-{sum(1 for t in sale.tickets if t.sheet)}" if subject[0] != "T" else f"job-{subject}"
    return apply(apply(sale, ev.PrintSubmitted(subject, job, "A001")), ev.PrintAnswered(job, outcome))


def test_a_sale_without_tickets_is_none() -> None:
    with pytest.raises(HistoryError, match="at least one ticket"):
        replay("S", [replace(OPENED, categories=())])
