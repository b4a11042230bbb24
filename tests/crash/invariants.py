"""The four invariants of docs/architecture.md, held against the journal, the gateway's books and the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from shared.domain import sale as ev
from shared.domain.capacity import LeaseUnit
from shared.domain.sale_steps import MAX_REFUSALS
from shared.security.keys import Keyring
from shared.security.ticket_code import Genuine, open_ticket
from tests.crash.evidence import Evidence, Order
from tests.selling.conftest import KEY

_RING = Keyring().with_key(KEY.public, "terminal:t1")
_CLAIM = "CLAIM "


class Account:
    """One sale, counted from its rows alone."""

    def __init__(self, sale_id: str, events: Sequence[ev.SaleEvent]) -> None:
        self.sale_id = sale_id
        self.places: tuple[LeaseUnit, ...] = ()
        self.total = 0
        self.orders: dict[int, str] = {}
        self.submitted: set[str] = set()
        self.paid: set[str] = set()
        self.live: dict[str, ev.TicketSigned] = {}
        self.qrs: set[str] = set()
        self.claims: list[str] = []
        self.claim_jobs: set[str] = set()
        self.refusals = 0  # of the claim slip
        self.jobs: dict[str, str] = {}
        self.printed: set[str] = set()
        self.outcome = "open"
        for event in events:
            self._count(event)

    def _count(self, event: ev.SaleEvent) -> None:
        match event:
            case ev.SaleOpened():
                self.total = event.total.minor
            case ev.PlacesHeld(units):
                self.places = units
            case ev.PaymentCreated():
                self.orders[event.attempt] = event.order_no
            case ev.PaymentSubmitted(attempt):
                self.submitted.add(self.orders[attempt])
            case ev.PaymentAnswered(attempt, "paid"):
                self.paid.add(self.orders[attempt])
            case ev.TicketSigned():
                self.live[event.ticket_id] = event
                self.qrs.add(event.qr)
            case ev.TicketVoided(ticket_id):
                del self.live[ticket_id]
            case ev.PrintSubmitted():
                self.jobs[event.job_id] = event.process_id
                if event.subject == "claim":
                    self.claim_jobs.add(event.job_id)
            case ev.PrintAnswered(job_id, "printed"):
                self.printed.add(self.jobs[job_id])
            case ev.PrintAnswered(job_id, "not_started") if job_id in self.claim_jobs:
                self.refusals += 1
            case ev.ClaimIssued(code):
                self.claims.append(code)
            case ev.SaleClosed(outcome):
                self.outcome = outcome
            case _:
                pass


def violations(evidence: Evidence) -> list[str]:
    """A sentence for each thing that is wrong; empty when all four hold."""
    accounts = [Account(sale_id, events) for sale_id, events in evidence.histories.items()]
    found = list(evidence.faults)
    found += [f"{account.sale_id} is still open" for account in accounts if account.outcome == "open"]
    for check in (_paid_for, _opens_once, _capacity, _counters):
        found += check(accounts, evidence)
    return found


def _paid_for(accounts: Sequence[Account], evidence: Evidence) -> Iterator[str]:
    """1: whose money was taken has tickets or a claim on paper; whose was not has neither. Never both for a place."""
    held = {order.order_no: order.held for order in evidence.orders}
    on_paper = Counter(evidence.codes())
    for account in accounts:
        money = sum(held.get(order, 0) for order in account.orders.values())
        tickets = sum(on_paper[ticket.qr] > 0 for ticket in account.live.values())
        # A printer that refused the slip again and again leaves the code on the screen, to be written down.
        shown = account.refusals >= MAX_REFUSALS
        claim = any(on_paper[_CLAIM + code] or shown for code in account.claims)
        who = (
            f"{account.sale_id} ({account.outcome}): money {money}, tickets on paper {tickets}, claim on paper {claim}"
        )
        if money not in (0, account.total):
            yield f"{who}: neither the price nor nothing"
        if money and not claim and tickets != len(account.places):
            yield f"{who}: paid, and nothing in the hand"
        if money and account.outcome not in ("done", "claim"):
            yield f"{who}: paid, and not ended as paid"
        if not money and (account.live or account.outcome != "released"):
            yield f"{who}: tickets or an end as paid without money"
        if claim and account.outcome == "done":
            yield f"{who}: tickets and a claim"


def _opens_once(accounts: Sequence[Account], evidence: Evidence) -> Iterator[str]:
    """2: what opens the gate was paid for once, and opens once."""
    known = {qr: account for account in accounts for qr in account.qrs}
    opened: dict[str, set[tuple[bytes, int]]] = {}
    for code in evidence.codes():
        if code.startswith((_CLAIM, "RECEIPT ")):
            continue
        account, check = known.get(code), open_ticket(code, _RING)
        if account is None or not isinstance(check, Genuine):
            yield f"a ticket on paper that no sale signed: {check}"
            continue
        if check.payload.unit not in account.places:
            yield f"{account.sale_id}: a ticket of another place"
        opened.setdefault(account.sale_id, set()).add((check.payload.unit.lease_id, check.payload.unit.k))
    for account in accounts:
        if len(opened.get(account.sale_id, ())) > len(account.places) or len(account.live) > len(account.places):
            yield f"{account.sale_id}: more openings than places"
        if len({ticket.unit for ticket in account.live.values()}) != len(account.live):
            yield f"{account.sale_id}: two live tickets in one place"
    yield from (f"a live ticket printed {n} times" for n in _times_printed(accounts, evidence) if n > 1)


def _times_printed(accounts: Sequence[Account], evidence: Evidence) -> Iterator[int]:
    on_paper = Counter(evidence.codes())
    yield from (on_paper[ticket.qr] for account in accounts for ticket in account.live.values())


def _capacity(accounts: Sequence[Account], evidence: Evidence) -> Iterator[str]:
    """3: each unit of a lease belongs to one sale that kept it, and none is beyond the lease."""
    kept = Counter(
        (unit.lease_id, unit.k) for account in accounts if account.outcome != "released" for unit in account.places
    )
    yield from (f"unit {unit} sold {times} times" for unit, times in kept.items() if times > 1)
    for lease_id, k in kept:
        if not 1 <= k <= evidence.lease_units.get(lease_id, 0):
            yield f"unit {k} of lease {lease_id!r} does not exist"
    if set(kept) != set(evidence.uses):
        yield f"units used {sorted(evidence.uses)} are not those sold {sorted(kept)}"


def _counters(accounts: Sequence[Account], evidence: Evidence) -> Iterator[str]:
    """4: what the journal says, the gateway and the printer say."""
    paid = {order for account in accounts for order in account.paid}
    submitted = {order for account in accounts for order in account.submitted}
    for order in evidence.orders:
        yield from _order_faults(order, order.order_no in paid, order.order_no in submitted)
    held, booked = sum(order.held for order in evidence.orders), evidence.accounts.get("receivable:wechat", 0)
    if (booked, evidence.accounts.get("clearing:wechat", 0)) != (held, 0):
        yield f"the gateway holds {held}, the ledger says {evidence.accounts}"
    jobs = {process_id for account in accounts for process_id in account.jobs.values()}
    printed = {process_id for account in accounts for process_id in account.printed}
    out = {process_id for page in evidence.pages for process_id in page.process_ids}
    if not out <= jobs:
        yield f"sheets {sorted(out - jobs)} were not journaled before they were printed"
    if not printed <= out:
        yield f"sheets {sorted(printed - out)} are said to be printed and are not"


def _order_faults(order: Order, is_paid: bool, is_submitted: bool) -> Iterator[str]:
    if not is_submitted:
        yield f"order {order.order_no} was not journaled before it was sent"
    if bool(order.held) != is_paid:
        yield f"order {order.order_no}: the gateway holds {order.held}, the journal says paid: {is_paid}"
