"""Which ticket may be taken back and what it gives: decided from the terms of the catalogue alone, so that a refund
can be worked out again from its journal row and the same terms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from shared.domain.canonical import canonical, instant_text, parse_instant
from shared.domain.capacity import SlotKey
from shared.domain.catalog import Catalog
from shared.domain.catalog.refund_terms import FREE_UNTIL_THE_SLOT, FeeStep, RefundTerms
from shared.domain.document import document_of
from shared.domain.money import Money
from shared.domain.refund_values import ticket_values, used_value
from shared.domain.sale import SaleOpened
from shared.domain.ticket_return import RulesUsed, TicketReturn

__all__ = [
    "FREE_UNTIL_THE_SLOT",
    "FeeStep",
    "RefundRefusal",
    "RefundRules",
    "RefundTerms",
    "given_back",
    "given_whole",
    "may_decide_here",
    "replays",
]

RefundRefusal = Literal[
    "unknown_ticket",
    "sale_not_finished",
    "already_ended",
    "promised",
    "admitted",
    "too_late",
    "partly_used",
    "after_z",
    "not_here",
    "too_often",
    "not_exchangeable",
    "needs_approval",
]


@dataclass(frozen=True)
class RefundRules:
    """The terms of each product; `otherwise` for a product without terms. `version` is the catalogue's."""

    by_product: Mapping[str, RefundTerms] = field(default_factory=dict, hash=False)
    otherwise: RefundTerms = FREE_UNTIL_THE_SLOT
    version: str = ""

    @staticmethod
    def of(catalog: Catalog) -> RefundRules:
        """The rules that a catalogue holds."""
        return RefundRules({p.product_id: p.refund for p in catalog.products}, version=catalog.version)

    def terms(self, product_id: str) -> RefundTerms:
        """The terms that a product is sold under."""
        return self.by_product.get(product_id, self.otherwise)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of all terms, 64 hex digits: the same terms, the same digest."""
        return hashlib.sha256(canonical(document_of((self.by_product, self.otherwise)))).hexdigest()

    def used(self, at: datetime) -> RulesUsed:
        """How the journal names these rules in a decision of the time `at` (UTC)."""
        return RulesUsed(self.version, self.digest, instant_text(at))


def given_back(
    rules: RefundRules, opened: SaleOpened, given: tuple[int, str], at: datetime, used: tuple[str, ...] = ()
) -> TicketReturn | RefundRefusal:
    """What a ticket (its place in the sale and its id) gives back at a time (UTC), or why nothing.

    `used` are products on it that were used. Raises ValueError when the ticket has no such product.
    """
    index, ticket_id = given
    value, terms = ticket_values(opened)[index], rules.terms(opened.product_id)
    if used:
        if terms.partly_used is None:
            return "partly_used"
        value = value - used_value(opened, index, used, terms.partly_used)
    step = terms.step_at(SlotKey.parse(opened.slot).start, at, value)
    if step is None:
        return "too_late"
    return TicketReturn(ticket_id, opened.product_id, value, step.fee(value), step.fee_bp, used)


def given_whole(opened: SaleOpened, given: tuple[int, str]) -> TicketReturn:
    """What a ticket gives back in a void: everything."""
    value = ticket_values(opened)[given[0]]
    return TicketReturn(given[1], opened.product_id, value, Money(0, value.currency))


def replays(
    rules: RefundRules, opened: SaleOpened, places: Mapping[str, int], said: tuple[TicketReturn, ...], by: RulesUsed
) -> bool:
    """Whether a journaled decision follows from the rules again; `places` are the tickets' indices by id.

    Raises ValueError when these are not the rules that it was decided by.
    """
    if rules.digest != by.digest:
        raise ValueError(f"decided by the rules {by.digest[:12]} of catalogue {by.version}, not by these")
    at = parse_instant(by.at)
    return all(
        given_back(rules, opened, (places[back.ticket_id], back.ticket_id), at, back.used) == back for back in said
    )


def may_decide_here(*, online: bool, lease_open: bool) -> bool:
    """Offline only tickets of a lease that is still open are taken back; all else waits for central."""
    return online or lease_open
