"""What each event of a sale means in money: from the sale before it and the event to an entry of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Literal, assert_never

from shared.domain import sale as ev
from shared.domain.ledger import Account, AccountKind, Entry, LedgerError, Posting
from shared.domain.money import Money
from shared.domain.money import total as sum_of
from shared.domain.refund_values import ticket_values
from shared.domain.sale_state import Attempt, Sale


def entry_for(sale: Sale | None, event: ev.SaleEvent) -> Entry | None:
    """What an event means in money, given the sale before it (None before its first event).

    None when no money is concerned. Raises LedgerError when the event cannot be posted.
    """
    match event:
        case ev.SaleOpened():
            revenue(event)  # a sale that could not be posted at its end is refused before any money moves
            return None
        case ev.TicketSigned():
            return _prepaid(_begun(sale))
        case ev.ClaimHonoured(_, how):
            return _honoured(_begun(sale), how)
        case ev.SaleClosed(outcome):
            return _closed(_begun(sale), outcome)
        case _:
            return _payment_entry(sale, event)


def _payment_entry(sale: Sale | None, event: ev.SaleEvent) -> Entry | None:
    match event:
        case ev.PaymentSubmitted(number):
            return _entry(_doubt(_attempt(sale, number)))
        case ev.PaymentAnswered(number, "paid") | ev.PaidLate(number):
            return _paid(_attempt(sale, number))
        case ev.PaymentAnswered(number, "declined"):
            attempt = _attempt(sale, number)
            # An attempt that never left the machine was never in doubt.
            return None if attempt.state == "created" else _undone(attempt)
        case ev.ReverseAnswered(number, "reversed"):
            return _undone(_attempt(sale, number))
        case ev.RefundAnswered(number, "refunded"):
            return _paid_back(_attempt(sale, number))
        case _:  # holds, submissions, doubts, prints: no money
            return None


def revenue(opened: ev.SaleOpened) -> Mapping[Account, int]:
    """What a sale earns, by account: the quote's lines, or all of it for the product when the quote has none.

    Raises LedgerError when the lines do not add up to the total.
    """
    lines = opened.quote.get("lines")
    if not isinstance(lines, list) or not lines:
        return {Account(AccountKind.SALES, opened.product_id): opened.total.minor}
    earned: dict[Account, int] = defaultdict(int)
    for line in lines:
        account, minor = _earned(line)
        earned[account] += minor
    if sum(earned.values()) != opened.total.minor:
        raise LedgerError("the quote's lines do not add up to its total")
    return earned


def _earned(line: Any) -> tuple[Account, int]:
    match line:
        case {"kind": "rounding", "amount": int(minor)}:
            return Account(AccountKind.ROUNDING), minor
        case {"product_id": str(product), "amount": int(minor)}:
            return Account(AccountKind.SALES, product), minor
        case _:
            raise LedgerError("a line of the quote has no product or no amount")


def _paid(attempt: Attempt) -> Entry | None:
    taken = {Account(AccountKind.RECEIVABLE, attempt.method): 1, Account(AccountKind.TICKETS_OWED): -1}
    return _entry([*_negated(_doubt(attempt)), *_signed(taken, attempt.amount)])


def _paid_back(attempt: Attempt) -> Entry | None:
    sides = {Account(AccountKind.TICKETS_OWED): 1, Account(AccountKind.RECEIVABLE, attempt.method): -1}
    return _entry(_signed(sides, attempt.amount))


def _prepaid(sale: Sale) -> Entry | None:
    """Tickets given in exchange or a paid booking pay at the moment when the first new ticket exists."""
    prepaid = sale.opened.prepaid
    if prepaid is None or sale.tickets:
        return None
    sides = {Account(AccountKind.PREPAID, prepaid.kind): 1, Account(AccountKind.TICKETS_OWED): -1}
    return _entry(_signed(sides, prepaid.amount))


def _undone(attempt: Attempt) -> Entry | None:
    return _entry(_negated(_doubt(attempt)), reverses=True)


def _doubt(attempt: Attempt) -> list[Posting]:
    """From the moment the request leaves until its answer, the money may have moved."""
    sides = {Account(AccountKind.CLEARING, attempt.method): 1, Account(AccountKind.UNSETTLED, attempt.method): -1}
    return _signed(sides, attempt.amount)


def _closed(sale: Sale, outcome: ev.SaleOutcome) -> Entry | None:
    match outcome:
        case "done" if sale.reissues:
            return None  # it was earned when the sale was done for the first time
        case "done":
            return _earned_from(AccountKind.TICKETS_OWED, sale)
        case "claim" if sale.reissues:
            return _entry(_negated(_earned_again(sale)))
        case "claim":
            sides = {Account(AccountKind.TICKETS_OWED): 1, Account(AccountKind.CLAIMS_OWED): -1}
            return _entry(_signed(sides, _claimed(sale)))
        case "released":
            return None
    assert_never(outcome)


def _honoured(sale: Sale, how: Literal["tickets", "money"]) -> Entry | None:
    if how == "tickets":
        return _entry(_earned_again(sale)) if sale.reissues else _earned_from(AccountKind.CLAIMS_OWED, sale)
    return _entry(_signed({Account(AccountKind.CLAIMS_OWED): 1, Account(AccountKind.DRAWER): -1}, _claimed(sale)))


def _earned_from(owed: AccountKind, sale: Sale) -> Entry | None:
    total = sale.opened.total
    earned = [Posting(account, total.currency, -minor) for account, minor in revenue(sale.opened).items()]
    return _entry([*_signed({Account(owed): 1}, total), *earned])


def _earned_again(sale: Sale) -> list[Posting]:
    """A claim after a reissue takes back what the sale had earned; honoured, it is earned again."""
    earned = Account(AccountKind.SALES, sale.opened.product_id)
    return _signed({Account(AccountKind.CLAIMS_OWED): 1, earned: -1}, _claimed(sale))


def _claimed(sale: Sale) -> Money:
    """What the bearer of the claim code is owed: the sale's worth, or the money that could not be given back."""
    if sale.reissues:
        values = enumerate(ticket_values(sale.opened))
        return sum_of((v for index, v in values if index not in sale.places_ended), sale.opened.total.currency)
    if sale.is_paid:
        return sale.opened.total
    held = [a.amount for a in sale.attempts if not a.is_free]
    return sum_of(held, sale.opened.total.currency)


def _signed(sides: Mapping[Account, int], amount: Money) -> list[Posting]:
    return [Posting(account, amount.currency, sign * amount.minor) for account, sign in sides.items()]


def _negated(postings: list[Posting]) -> list[Posting]:
    return [Posting(p.account, p.currency, -p.minor) for p in postings]


def _entry(postings: list[Posting], *, reverses: bool = False) -> Entry | None:
    """A sale that costs nothing makes no entry."""
    moved = tuple(posting for posting in postings if posting.minor)
    return Entry(moved, reverses) if moved else None


def _attempt(sale: Sale | None, number: int) -> Attempt:
    attempts = _begun(sale).attempts
    if not 1 <= number <= len(attempts):
        raise LedgerError(f"there is no attempt {number}")
    return attempts[number - 1]


def _begun(sale: Sale | None) -> Sale:
    if sale is None:
        raise LedgerError("the sale has not begun")
    return sale
