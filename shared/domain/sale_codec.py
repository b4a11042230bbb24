"""Sale events as JSON bodies for the journal and the wire, and back."""

from __future__ import annotations

from typing import get_args

from shared.domain.event_codec import EventCodec
from shared.domain.sale import SaleEvent

SALE: EventCodec[SaleEvent] = EventCodec("sale", get_args(SaleEvent))
SALE_EVENT_TYPES = SALE.types
SCHEMA = 1

encode = SALE.encode
decode = SALE.decode
