"""What each event of a refund means in money: from the sale, the refund before it and the event to an entry."""

from __future__ import annotations

from collections import defaultdict

from shared.domain import refund as ev
from shared.domain.ledger import Account, AccountKind, Entry, Posting
from shared.domain.money import Currency
from shared.domain.refund_state import Refund
from shared.domain.sale_state import Sale


def refund_entry(sale: Sale, before: Refund | None, event: ev.RefundEvent) -> Entry | None:
    """None when no money is concerned. `sale` is the one that the tickets were sold by."""
    match event:
        case ev.RefundOpened():
            return _granted(sale, event)
        case ev.PayoutAnswered(number, "refunded") if before is not None:
            payout = before.payouts[number - 1].payout
            payable = Account(AccountKind.REFUNDS_PAYABLE, payout.method)
            taken = Account(AccountKind.RECEIVABLE, payout.method)
            return _entry({payable: payout.amount.minor, taken: -payout.amount.minor}, payout.amount.currency)
        case ev.RefundClaimHonoured() if before is not None:
            return _paid_by_hand(before)
        case _:
            return None


def _paid_by_hand(refund: Refund) -> Entry | None:
    """What was payable to methods that declined comes out of the drawer."""
    sides: dict[Account, int] = defaultdict(int)
    for payout in refund.declined:
        sides[Account(AccountKind.REFUNDS_PAYABLE, payout.method)] += payout.amount.minor
        sides[Account(AccountKind.DRAWER)] -= payout.amount.minor
    return _entry(sides, refund.declined[0].amount.currency)


def _granted(sale: Sale, event: ev.RefundOpened) -> Entry | None:
    """What was earned (or owed by a claim) less the fee becomes payable to each method, or pays for another sale."""
    claimed = sale.outcome == "claim" and not sale.claim_honoured
    sides: dict[Account, int] = defaultdict(int)
    for ticket in event.tickets:
        earned = Account(AccountKind.SALES, ticket.product_id)
        sides[Account(AccountKind.CLAIMS_OWED) if claimed else earned] += ticket.value.minor
        sides[earned] -= ticket.fee.minor
    for payout in event.payouts:
        sides[Account(AccountKind.REFUNDS_PAYABLE, payout.method)] -= payout.amount.minor
    sides[Account(AccountKind.PREPAID, "exchange")] -= event.credited.minor
    return _entry(sides, event.credited.currency)


def _entry(sides: dict[Account, int], currency: Currency) -> Entry | None:
    moved = tuple(Posting(account, currency, minor) for account, minor in sides.items() if minor)
    return Entry(moved) if moved else None
