"""An exchange follows the product's terms too, and keeps what they were."""

from __future__ import annotations

import pytest

from shared.domain.refund_rules import FeeStep, RefundRules, RefundTerms
from shared.selling.refund_plan import Denied
from tests.selling.conftest import Booth
from tests.selling.desk import TestDesk
from tests.selling.test_exchange import exchange, exchanging


@pytest.fixture
def desk(booth: Booth) -> TestDesk:
    return exchanging(booth, sell=True)


def test_a_product_that_is_not_exchanged_stays_as_it_was(desk: TestDesk) -> None:
    desk.rules = RefundRules({"entry": RefundTerms((FeeStep(-(10**6)),), exchangeable=False)})
    assert exchange(desk, 6000, 0) == Denied("not_exchangeable", desk.booth.store.sale("S1").tickets[0].ticket_id)


def test_an_exchange_keeps_by_which_rules_the_old_tickets_were_valued(desk: TestDesk) -> None:
    exchange(desk, 6000, 0)
    store = desk.booth.store
    prepaid, refund = store.sale("S2").opened.prepaid, store.refunds.refund("S2-exchange")
    assert prepaid
    assert prepaid.rules
    assert prepaid.rules.digest == desk.rules.digest
    assert refund.opened
    assert refund.opened.rules == prepaid.rules
