"""Whatever the world answers, every sale ends, no ticket is unpaid and no place has two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.domain import sale as ev
from shared.domain import sale_steps as steps
from shared.domain.sale_history import apply, replay
from shared.domain.sale_state import Sale
from tests.domain.sale_histories import HELD, OPENED, pay, printed, sign


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
            return apply(sale, pay(number + 1, data.draw(st.integers(1, rest.minor)))[0])
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
                sale = sign(sale, index, f"T{index}-{generation}", f"T{index}-{generation - 1}" if generation else "")
            return sale
        case steps.Print(ticket):
            return printed(sale, ticket.ticket_id, data.draw(st.sampled_from(["printed", "not_started", "unknown"])))
        case steps.AwaitSheet(ticket):
            assert ticket.sheet is not None
            return apply(
                sale, ev.PrintAnswered(ticket.sheet.job_id, data.draw(st.sampled_from(["printed", "unknown"])))
            )
        case steps.Reissue(ticket):
            return apply(sale, ev.TicketVoided(ticket.ticket_id, "x"))
        case steps.PrintReceipt():
            return printed(sale, "receipt", "printed")
        case steps.IssueClaim(reason):
            return apply(sale, ev.ClaimIssued("CODE", reason))
        case steps.PrintClaim():
            return printed(sale, "claim", "not_started")
        case steps.Close(outcome):
            return apply(sale, ev.SaleClosed(outcome))
    raise AssertionError(step)


def _settlements(number: int) -> list[ev.SaleEvent]:
    answers = [ev.PaymentAnswered(number, outcome) for outcome in ("paid", "declined", "unknown")]
    return [*answers, ev.ReverseSubmitted(number)]
