"""What taking tickets back needs beside the counter that sells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from drivers.contracts.printer import Block
from shared.domain.business_day import BusinessDay
from shared.domain.refund import RefundEvent
from shared.domain.refund_rules import RefundRules
from shared.domain.refund_state import Refund
from shared.domain.sale import SaleEvent
from shared.domain.sale_state import Sale
from shared.selling.ports import Counter
from shared.sync.ports import LeaseStanding


class Refunds(Protocol):
    """The durable side of refunds. What a call returns is already on the disk."""

    def record(
        self,
        refund_id: str,
        sale_id: str,
        *events: RefundEvent,
        of_sales: Mapping[str, Sequence[SaleEvent]] | None = None,
    ) -> Refund:
        """Events of a refund, and of sales with it, in one transaction."""
        ...

    def refund(self, refund_id: str) -> Refund: ...

    def open_refunds(self) -> Sequence[str]: ...

    def sale_of(self, ticket_id: str) -> str | None: ...

    def promised_to(self, ticket_id: str) -> str | None: ...

    def collected_by(self, booking_id: str) -> str | None: ...

    def paid_back(self, sale_id: str, order_no: str) -> int: ...

    def begun_at(self, sale_id: str) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """`admitted` says whether a ticket opened a gate, as far as is known here; `day` is the open business day.

    `sheet` draws a refund's receipt, with its claim code when it has one.
    """

    counter: Counter
    refunds: Refunds
    rules: RefundRules
    admitted: Callable[[str], bool]
    open_leases: Callable[[], Sequence[LeaseStanding]]
    day: Callable[[], BusinessDay | None]
    sheet: Callable[[Sale, Refund], tuple[Block, ...]]
