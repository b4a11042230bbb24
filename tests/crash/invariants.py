"""The four invariants of docs/architecture.md, held against the journal, the providers' books and the paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from shared.domain.sale_steps import MAX_REFUSALS
from shared.security.keys import Keyring
from shared.security.ticket_code import Genuine, open_ticket
from tests.crash.accounts import RefundAccount, SaleAccount
from tests.crash.evidence import Evidence
from tests.crash.providers import Order
from tests.crash.sheets import CLAIM, RECEIPT, REFUND
from tests.selling.conftest import KEY

_RING = Keyring().with_key(KEY.public, "terminal:t1")
# What no account may hold when everything has ended.
_PASSING = ("clearing", "unsettled", "tickets_owed", "prepaid:exchange")


class Accounts:
    """All documents of a terminal beside what the world says of them."""

    def __init__(self, evidence: Evidence) -> None:
        self.sales = [SaleAccount(*item) for item in evidence.histories.items()]
        self.refunds = [RefundAccount(name, *told) for name, told in evidence.refunds.items()]
        self.evidence = evidence
        self.on_paper = Counter(evidence.codes())
        self.held = {order.order_no: order.held for order in evidence.orders}

    def families(self) -> Iterator[tuple[list[SaleAccount], list[RefundAccount]]]:
        """Sales that pay for each other by exchange, with their refunds."""
        head = {sale.sale_id: sale.sale_id for sale in self.sales}
        for sale in self.sales:
            if sale.prepaid and sale.prepaid.kind == "exchange":
                old, new = head[sale.prepaid.reference], head[sale.sale_id]
                head = {name: old if first == new else first for name, first in head.items()}
        for first in sorted(set(head.values())):
            members = [sale for sale in self.sales if head[sale.sale_id] == first]
            yield members, [refund for refund in self.refunds if head[refund.sale_id] == first]

    def sales_of(self, refund: RefundAccount) -> list[SaleAccount]:
        """The sale of a refund, and those that paid for it."""
        return next(sales for sales, refunds in self.families() if refund in refunds)


def violations(evidence: Evidence) -> list[str]:
    """A sentence for each thing that is wrong; empty when all four hold."""
    accounts, found = Accounts(evidence), list(evidence.faults)
    found += [f"{sale.sale_id} is still open" for sale in accounts.sales if sale.outcome == "open"]
    found += [f"{refund.refund_id} is still open" for refund in accounts.refunds if _is_left(refund, accounts)]
    for check in (_in_hand, _paid_for, _opens_once, _capacity, _counters, _refunded_once, _sheets):
        found += check(accounts)
    return found


def _is_left(refund: RefundAccount, accounts: Accounts) -> bool:
    """Not ended, and not waiting for central either, which pays back what was booked elsewhere."""
    booked = any(sale.prepaid and sale.prepaid.kind == "booking" for sale in accounts.sales_of(refund))
    return refund.outcome == "open" and (refund.granted or not booked)


def _in_hand(accounts: Accounts) -> Iterator[str]:
    """1: whose money is kept has tickets or a claim on paper; whose is not has neither. Never both for a place."""
    for sale in accounts.sales:
        tickets = sum(accounts.on_paper[ticket.qr] > 0 for ticket in sale.live.values())
        # A printer that refused the slip again and again leaves the code on the screen, to be written down.
        shown = sale.refusals >= MAX_REFUSALS
        claim = any(accounts.on_paper[CLAIM + code] or shown for code in sale.claims)
        who = f"{sale.sale_id} ({sale.outcome}): tickets on paper {tickets}, claim on paper {claim}"
        match sale.outcome:
            case "done" if tickets != len(sale.places) - sale.ended:
                yield f"{who}: paid, and nothing in the hand"
            case "done" if claim:
                yield f"{who}: tickets and a claim"
            case "claim" if not claim:
                yield f"{who}: paid, and no claim in the hand"
            case "released" if sale.live:
                yield f"{who}: tickets without money"
            case _:
                pass


def _paid_for(accounts: Accounts) -> Iterator[str]:
    """1: the money kept is what the sales are worth that were not given back, and a person's debts beside it."""
    for sales, refunds in accounts.families():
        kept = sum(accounts.held.get(order, 0) for sale in sales for order in sale.orders.values())
        kept += sum(_booked(sale) for sale in sales)
        worth = sum(_worth(sale, accounts) for sale in sales) - sum(refund.back - refund.owed for refund in refunds)
        if kept != worth:
            names = [f"{sale.sale_id} ({sale.outcome})" for sale in sales]
            yield f"{', '.join(names)}: {kept} kept, {worth} sold: neither the price nor nothing"


def _booked(sale: SaleAccount) -> int:
    booked = sale.prepaid and sale.prepaid.kind == "booking" and sale.outcome != "released"
    return sale.prepaid.amount.minor if sale.prepaid and booked else 0


def _worth(sale: SaleAccount, accounts: Accounts) -> int:
    if sale.outcome == "claim" and not sale.qrs and sale.prepaid is None:
        # Nothing was issued: the bearer is owed the price, or the part that could not be given back.
        return sum(accounts.held.get(order, 0) for order in sale.orders.values())
    return sale.total if sale.outcome in ("done", "claim") else 0


def _opens_once(accounts: Accounts) -> Iterator[str]:
    """2: what opens the gate was paid for once, and opens once."""
    known = {qr: sale for sale in accounts.sales for qr in sale.qrs}
    opened: dict[str, set[tuple[bytes, int]]] = defaultdict(set)
    for code in accounts.on_paper.elements():
        if code.startswith((CLAIM, RECEIPT, REFUND)):
            continue
        sale, check = known.get(code), open_ticket(code, _RING)
        if sale is None or not isinstance(check, Genuine):
            yield f"a ticket on paper that no sale signed: {check}"
            continue
        if check.payload.unit not in sale.places:
            yield f"{sale.sale_id}: a ticket of another place"
        opened[sale.sale_id].add((check.payload.unit.lease_id, check.payload.unit.k))
    for sale in accounts.sales:
        if len(opened[sale.sale_id]) > len(sale.places) or len(sale.live) > len(sale.places) - sale.ended:
            yield f"{sale.sale_id}: more openings than places"
        if len({ticket.unit for ticket in sale.live.values()}) != len(sale.live):
            yield f"{sale.sale_id}: two live tickets in one place"
        times = [accounts.on_paper[ticket.qr] for ticket in sale.live.values()]
        yield from (f"a live ticket printed {n} times" for n in times if n > 1)


def _capacity(accounts: Accounts) -> Iterator[str]:
    """3: each unit of a lease belongs to one sale that kept it, and none is beyond the lease."""
    evidence = accounts.evidence
    sold = [unit for sale in accounts.sales if sale.outcome != "released" for unit in sale.places]
    kept = Counter((unit.lease_id, unit.k) for unit in sold)
    yield from (f"unit {unit} sold {times} times" for unit, times in kept.items() if times > 1)
    for lease_id, k in kept:
        if not 1 <= k <= evidence.lease_units.get(lease_id, 0):
            yield f"unit {k} of lease {lease_id!r} does not exist"
    if set(kept) != set(evidence.uses):
        yield f"units used {sorted(evidence.uses)} are not those sold {sorted(kept)}"


def _counters(accounts: Accounts) -> Iterator[str]:
    """4: what the journal and the ledger say of money, the providers say."""
    evidence = accounts.evidence
    paid = {order for sale in accounts.sales for order in sale.paid}
    submitted = {order for sale in accounts.sales for order in sale.submitted}
    taken: Counter[str] = Counter()
    for order in evidence.orders:
        taken[f"receivable:{order.method}"] += order.held
        yield from _order_faults(order, order.order_no in paid, order.order_no in submitted)
    told = {name: minor for name, minor in evidence.accounts.items() if name.startswith("receivable:") and minor}
    if told != {name: minor for name, minor in taken.items() if minor}:
        yield f"the providers hold {dict(taken)}, the ledger says {evidence.accounts}"
    left = {name: minor for name, minor in evidence.accounts.items() if minor and name.startswith(_PASSING)}
    owed = -sum(minor for name, minor in evidence.accounts.items() if name.startswith("refunds_payable"))
    if left or owed != sum(refund.owed for refund in accounts.refunds):
        yield f"the ledger says that something is still under way: {evidence.accounts}"


def _order_faults(order: Order, is_paid: bool, is_submitted: bool) -> Iterator[str]:
    if not is_submitted:
        yield f"order {order.order_no} was not journaled before it was sent"
    kept = order.paid and (
        order.held > 0 or is_paid
    )  # what was given back by a refund of its own was paid all the same
    if kept != is_paid:
        yield f"order {order.order_no}: the provider holds {order.held}, the journal says paid: {is_paid}"


def _refunded_once(accounts: Accounts) -> Iterator[str]:
    """1 and 4: each payout was asked for once it was journaled, and made once, of the right amount."""
    made = {no: (order.order_no, minor) for order in accounts.evidence.orders for no, minor in order.refunds.items()}
    asked = {no for sale in accounts.sales for no in sale.refund_nos}
    live = {ticket_id for sale in accounts.sales for ticket_id in sale.live}
    for refund in accounts.refunds:
        if live & refund.tickets:
            yield f"{refund.refund_id}: tickets that were given back open the gate"
        asked |= refund.submitted
        for payout in refund.payouts.values():
            promised = (payout.order_no, payout.amount.minor)
            if made.get(payout.refund_no) != (promised if payout.refund_no in refund.refunded else None):
                yield f"{refund.refund_id}: promised {promised}, the provider gave {made.get(payout.refund_no)}"
    if not set(made) <= asked:
        yield f"refunds {sorted(set(made) - asked)} were not journaled before they were asked for"


def _sheets(accounts: Accounts) -> Iterator[str]:
    """4: what the journal says of paper, the printer says."""
    documents: Sequence[SaleAccount | RefundAccount] = [*accounts.sales, *accounts.refunds]
    jobs = {process_id for document in documents for process_id in document.printing.jobs.values()}
    printed = {process_id for document in documents for process_id in document.printing.printed}
    out = {process_id for page in accounts.evidence.pages for process_id in page.process_ids}
    if not out <= jobs:
        yield f"sheets {sorted(out - jobs)} were not journaled before they were printed"
    if not printed <= out:
        yield f"sheets {sorted(printed - out)} are said to be printed and are not"
