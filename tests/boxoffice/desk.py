"""A desk to test at: one terminal's key, the demo area's catalogue, tickets for any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import assets
from boxoffice.ticket_check.check import Knowledge
from shared.catalogue_files import load_catalog
from shared.domain.capacity import LeaseUnit
from shared.domain.ticket import TicketPayload
from shared.security.keys import Keyring, SigningKey
from shared.security.ticket_code import seal

CATALOG_FILE = Path(assets.__file__).parent / "demo" / "catalog.toml"
KEY = SigningKey.from_seed(bytes(range(32)))
STRANGER = SigningKey.from_seed(bytes(32))
RING = Keyring().with_key(KEY.public, "terminal:kiosk-1")
KNOWLEDGE = Knowledge(RING, load_catalog(CATALOG_FILE))
PRODUCT = KNOWLEDGE.catalog.products[0]
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 at the site


def ticket(start: datetime = NOON, key: SigningKey = KEY, flags: int = 0, product: int = PRODUCT.code) -> str:
    """The code of a ticket that is valid for two hours from `start`."""
    unit = LeaseUnit(b"lease-01", 3)
    return seal(
        TicketPayload(
            key.public.key_id, unit, bytes(range(16)), product, start, start, start + timedelta(hours=2), flags
        ),
        key,
    )


@dataclass
class FixedClock:
    """A clock that stands still."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0
