"""A desk for tests: a booth's counter, the refunds of its store, and rules that a test can set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from drivers.contracts.printer import Block, Cut, TextLine
from drivers.emulators.wechat_gateway import Behaviour, make_code
from shared.domain.business_day import SCHEDULE, BusinessDay
from shared.domain.money import Money
from shared.domain.refund import RefundKind
from shared.domain.refund_rules import FeeStep, RefundRules, RefundTerms
from shared.domain.refund_state import Refund
from shared.domain.sale_state import Sale
from shared.selling.desk import Desk
from shared.selling.paying import Payer
from shared.selling.refund_plan import Denied, RefundRequest
from shared.selling.refunding import RefundProcess
from tests.selling.conftest import Booth, basket

LONG_AGO = BusinessDay(date(2020, 1, 1), datetime(2020, 1, 1, tzinfo=UTC), SCHEDULE)
ALWAYS_FREE = RefundRules(otherwise=RefundTerms((FeeStep(-(10**6), 0),)))


def sheet(sale: Sale, refund: Refund) -> tuple[Block, ...]:
    return (TextLine(f"refund {refund.claim.code if refund.claim else ''}"), Cut())


@dataclass
class TestDesk:
    """A booth with a sale S1 of three tickets, done."""

    __test__ = False
    booth: Booth
    rules: RefundRules = ALWAYS_FREE
    admitted: set[str] = field(default_factory=set)
    day: BusinessDay | None = LONG_AGO

    def desk(self) -> Desk:
        store = self.booth.store
        return Desk(
            self.booth.counter,
            store.refunds,
            self.rules,
            self.admitted.__contains__,
            store.open_leases,
            lambda: self.day,
            sheet,
        )

    def sell(self, tickets: int = 3, parts: tuple[int, ...] = ()) -> Sale:
        self.booth.process.open("S1", basket(tickets))
        for minor in (*parts, None):
            amount = None if minor is None else Money(minor, basket().total.currency)
            self.booth.process.pay("S1", Payer("wechat", make_code(Behaviour.APPROVE)), amount)
        return self.booth.store.sale("S1")

    def refund(self, *indices: int, kind: RefundKind = "refund", refund_id: str = "R1") -> Refund | Denied:
        sale = self.booth.store.sale("S1")
        ids = tuple(sale.tickets[index].ticket_id for index in indices)
        return RefundProcess(self.desk()).open(refund_id, RefundRequest("S1", ids, kind, "ann", "rain"))
