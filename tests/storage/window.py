"""A window that sells tickets in the names of made-up people."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from shared.domain import sale as ev
from shared.domain.visitor import DocumentKind, VisitorDocument, gb11643_check_digit
from shared.security.data_keys import SECRET_BYTES, DataKey, DataKeys
from shared.security.fields import FieldProtection, RecordId
from shared.storage.identity import NamedTicket, OverLimit
from shared.storage.store import TerminalStore
from tests.storage.world import SLOT, opened

DAY = date(2026, 11, 23)
KEEP_UNTIL = DAY + timedelta(days=30)
PURPOSE = "per_person_day:entry"
NAME = "张三丰"
KEYS = DataKeys((DataKey(1, bytes(range(SECRET_BYTES))),))


def person(number: int) -> VisitorDocument:
    """A made-up visitor."""
    first17 = f"11010519491231{number:03}"
    return VisitorDocument(DocumentKind.RESIDENT_CARD, first17 + gb11643_check_digit(first17), NAME)


ANNA, BORIS = person(2), person(7)


class Window:
    """Sells from a store."""

    def __init__(self, store: TerminalStore, keys: DataKeys = KEYS) -> None:
        nonces = itertools.count()
        self.store = store
        self.protection = FieldProtection(keys, lambda: next(nonces).to_bytes(12))

    def named(self, sale_id: str, index: int, who: VisitorDocument, limit: int | None, day: date) -> NamedTicket:
        record = RecordId(sale_id, index, PURPOSE)
        number = self.protection.protect(who, record, day)
        hashes = self.protection.hashes(who, PURPOSE, day)
        return NamedTicket(record, day, number, hashes, limit, KEEP_UNTIL)

    def sell(
        self, sale_id: str, *people: VisitorDocument, limit: int | None = 1, day: date = DAY
    ) -> ev.SaleOpened | OverLimit | None:
        """Opens and holds; the opening when the places were held."""
        opening = opened(len(people))
        self.store.record(sale_id, opening)
        tickets = [self.named(sale_id, index, who, limit, day) for index, who in enumerate(people)]
        held = self.store.hold_named(sale_id, SLOT, len(people), lambda _: True, tickets)
        return held if held is None or isinstance(held, OverLimit) else opening


def bodies(store: TerminalStore, kind: str) -> list[dict[str, object]]:
    return [dict(event.body) for event in store.journal_after(0, 1000) if event.type == kind]
