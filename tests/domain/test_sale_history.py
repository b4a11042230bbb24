"""The sale's state machine: what follows, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain import sale as ev
from shared.domain import sale_steps as steps
from shared.domain.money import Money
from shared.domain.sale_errors import HistoryError
from shared.domain.sale_history import apply, replay
from tests.domain.sale_histories import CNY, HELD, OPENED, PAID, UNITS, done, pay, printed, sign


def test_a_good_sale_walks_to_its_end() -> None:
    sale = replay("S", PAID)
    assert steps.next_step(sale) == steps.Sign((0, 1))
    sale = sign(sign(sale, 0), 1)
    for index in (0, 1):
        assert isinstance(steps.next_step(sale), steps.Print)
        sale = printed(sale, f"T{index}", "printed")
    assert steps.next_step(sale) == steps.PrintReceipt()
    sale = printed(sale, "receipt", "unknown")
    assert steps.next_step(sale) == steps.Close("done")
    assert steps.next_step(apply(sale, ev.SaleClosed("done"))) == steps.Ended()


def test_a_doubtful_sheet_is_awaited_then_reissued_in_its_place_then_left_to_a_person() -> None:
    sale = sign(sign(replay("S", PAID), 0), 1)
    sale = printed(sale, "T0", "unknown")
    assert isinstance(steps.next_step(sale), steps.AwaitSheet)
    sale = apply(sale, ev.PrintAnswered("job-T0", "unknown", "no recovery"))
    assert isinstance(steps.next_step(sale), steps.Reissue)
    sale = apply(sale, ev.TicketVoided("T0", "unconfirmed"))
    assert steps.next_step(sale) == steps.Sign((0,))
    sale = sign(sale, 0, "T0b", replaces="T0")
    assert sale.live_tickets[0].unit == UNITS[0]
    sale = apply(printed(sale, "T0b", "unknown"), ev.PrintAnswered("job-T0b", "unknown"))
    assert isinstance(steps.next_step(sale), steps.IssueClaim)


@pytest.mark.parametrize("answers", [["declined"], ["unknown", "declined"]])
def test_a_second_attempt_waits_for_the_end_of_the_first(answers: list[ev.PaymentOutcome]) -> None:
    sale = replay("S", [OPENED, HELD, *pay()])
    for answer in answers:
        with pytest.raises(HistoryError):
            apply(sale, pay(2)[0])
        sale = apply(sale, ev.PaymentAnswered(1, answer))
    assert steps.next_step(sale) == steps.AwaitPayment(OPENED.total)
    apply(sale, pay(2)[0])


def test_after_a_reversal_has_begun_only_its_end_counts() -> None:
    sale = replay("S", [OPENED, HELD, *pay(), ev.ReverseSubmitted(1)])
    with pytest.raises(HistoryError):
        apply(sale, ev.PaymentAnswered(1, "paid"))
    assert isinstance(steps.next_step(apply(sale, ev.ReverseAnswered(1, "unknown"))), steps.Reverse)


def test_the_rest_is_waited_for_until_the_parts_make_up_the_total() -> None:
    sale = replay("S", [OPENED, HELD, *pay(1, 4000), ev.PaymentAnswered(1, "paid", "a")])
    assert steps.next_step(sale) == steps.AwaitPayment(Money(5000, CNY))
    with pytest.raises(HistoryError, match="the rest or a part"):
        apply(sale, pay(2, 5001)[0])
    for event in [*pay(2, 5000), ev.PaymentAnswered(2, "paid", "b")]:
        sale = apply(sale, event)
    assert steps.next_step(sale) == steps.Sign((0, 1))


def test_a_sale_given_up_gives_each_part_back_before_it_is_released() -> None:
    sale = replay("S", [OPENED, HELD, *pay(1, 4000), ev.PaymentAnswered(1, "paid", "a")])
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
    sale = replay("S", [OPENED, HELD, *pay(), ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "unknown")])
    sale = apply(sale, ev.PaidLate(1, "ref"))
    assert not sale.is_paid
    sale = apply(apply(sale, ev.RefundSubmitted(1, "R")), ev.RefundAnswered(1, "refunded"))
    assert steps.next_step(sale) == steps.AwaitPayment(OPENED.total)


def test_a_refund_that_is_declined_is_left_to_a_person() -> None:
    sale = replay("S", [OPENED, HELD, *pay(), ev.ReverseSubmitted(1), ev.ReverseAnswered(1, "unknown")])
    for event in (ev.PaidLate(1, "ref"), ev.RefundSubmitted(1, "R"), ev.RefundAnswered(1, "declined")):
        sale = apply(sale, event)
    assert steps.next_step(sale) == steps.IssueClaim("refund_declined")
    sale = printed(apply(sale, ev.ClaimIssued("C", "refund_declined")), "claim", "printed")
    assert steps.next_step(sale) == steps.Close("claim")
    sale = apply(sale, ev.SaleClosed("claim"))
    assert apply(sale, ev.ClaimHonoured("ann", "money")).claim_honoured


def test_a_ticket_is_reissued_on_request_in_its_place_and_the_sale_is_done_again() -> None:
    sale = done()
    sale = apply(apply(sale, ev.SaleReopened("wet", "ann")), ev.TicketVoided("T0", "wet"))
    assert steps.next_step(sale) == steps.Sign((0,))
    sale = printed(sign(sale, 0, "T0b", replaces="T0"), "T0b", "printed")
    assert steps.next_step(sale) == steps.Close("done")
    assert sale.reissues == 1


def test_a_place_given_up_for_a_document_gets_no_ticket_any_more() -> None:
    sale = apply(done(), ev.TicketVoided("T0", "refunded", "R1"))
    with pytest.raises(HistoryError, match="no such live ticket"):
        apply(sale, ev.TicketVoided("T0", "refunded", "R2"))
    with pytest.raises(HistoryError, match="ended by a document"):
        apply(sale, ev.TicketVoided("T1", "why"))
    sale = apply(sale, ev.SaleReopened("wet", "ann"))
    assert steps.next_step(sale) == steps.Close("done")
    with pytest.raises(HistoryError, match="given up"):
        sign(sale, 0, "T0b", replaces="T0")


def test_what_was_paid_before_pays_for_the_sale() -> None:
    prepaid = ev.Prepaid("booking", "B1", OPENED.total)
    sale = replay("S", [replace(OPENED, prepaid=prepaid), HELD])
    assert steps.next_step(sale) == steps.Sign((0, 1))
    part = replace(prepaid, amount=Money(4000, CNY))
    assert steps.next_step(replay("S", [replace(OPENED, prepaid=part), HELD])) == steps.AwaitPayment(Money(5000, CNY))


def test_an_attempt_is_sent_then_asked_about_then_undone() -> None:
    sale = replay("S", [OPENED, HELD, ev.PaymentCreated(1, "wechat", "N1", OPENED.total)])
    assert isinstance(steps.next_step(sale), steps.Submit)
    sale = apply(sale, ev.PaymentSubmitted(1))
    assert isinstance(steps.next_step(sale), steps.Settle)
    assert isinstance(steps.next_step(apply(sale, ev.ReverseSubmitted(1))), steps.Reverse)


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
        [OPENED, *pay()],
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


def test_a_sale_without_tickets_is_none() -> None:
    with pytest.raises(HistoryError, match="at least one ticket"):
        replay("S", [replace(OPENED, categories=())])
