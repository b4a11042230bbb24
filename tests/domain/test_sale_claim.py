"""A claim slip is printed until it is out or the printer has refused often enough; a stop in between loses none."""

from __future__ import annotations

import pytest

from shared.domain import sale as ev
from shared.domain import sale_steps as steps
from shared.domain.capacity import LeaseUnit
from shared.domain.money import Currency, Money
from shared.domain.sale_history import apply, replay
from shared.domain.sale_state import Sale
from tests.domain.sale_histories import PAID, sign

PRICE = Money(9000, Currency("CNY"))


def claimed() -> Sale:
    return replay(
        "S",
        [
            ev.SaleOpened("en", "kiosk", "entry@2026-11-23T01:00Z", ("adult",), "entry", PRICE, {}),
            ev.PlacesHeld((LeaseUnit(b"lease---", 1),)),
            ev.PaymentCreated(1, "wechat", "N1", PRICE),
            ev.PaymentSubmitted(1),
            ev.PaymentAnswered(1, "paid", "ref"),
            ev.ClaimIssued("CODE", "printer"),
        ],
    )


def tried(sale: Sale, number: int, outcome: ev.PrintOutcome) -> Sale:
    sale = apply(sale, ev.PrintSubmitted("claim", f"job-{number}", "A001"))
    return apply(sale, ev.PrintAnswered(f"job-{number}", outcome))


def test_a_slip_that_a_stop_cut_off_is_printed_again() -> None:
    sale = apply(claimed(), ev.PrintSubmitted("claim", "job", "A001"))
    assert steps.next_step(sale) == steps.PrintClaim()


def test_a_printer_that_refuses_or_is_silent_is_asked_a_few_times() -> None:
    sale = claimed()
    outcomes: list[ev.PrintOutcome] = ["not_started", "unknown", "not_started"]
    assert len(outcomes) == steps.MAX_REFUSALS
    for number, outcome in enumerate(outcomes):
        assert steps.next_step(sale) == steps.PrintClaim()
        sale = tried(sale, number, outcome)
    assert steps.next_step(sale) == steps.Close("claim")


@pytest.mark.parametrize("outcome", ["printed", "weakly_confirmed"])
def test_a_slip_that_is_out_is_not_printed_again(outcome: ev.PrintOutcome) -> None:
    assert steps.next_step(tried(claimed(), 1, outcome)) == steps.Close("claim")


def test_a_ticket_that_never_starts_printing_becomes_a_claim() -> None:
    sale = sign(sign(replay("S", PAID), 0), 1)
    for number in range(steps.MAX_REFUSALS):
        step = steps.next_step(sale)
        assert isinstance(step, steps.Print)
        sale = apply(sale, ev.PrintSubmitted("T0", f"job-{number}", "A001"))
        sale = apply(sale, ev.PrintAnswered(f"job-{number}", "not_started"))
    assert steps.next_step(sale) == steps.IssueClaim("printer")


def test_without_a_claim_there_is_no_slip() -> None:
    opened = ev.SaleOpened("en", "kiosk", "entry@2026-11-23T01:00Z", ("adult",), "entry", PRICE, {})
    assert not steps.claim_is_due(replay("S", [opened]))
