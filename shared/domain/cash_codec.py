"""Cash events as JSON bodies for the journal and the wire, and back."""

from __future__ import annotations

from typing import get_args

from shared.domain.cash import OrderEvent
from shared.domain.cash_upkeep import UpkeepEvent
from shared.domain.event_codec import EventCodec

CashEvent = OrderEvent | UpkeepEvent
CASH: EventCodec[CashEvent] = EventCodec("cash", (*get_args(OrderEvent), *get_args(UpkeepEvent)))
ORDER: EventCodec[OrderEvent] = EventCodec("cash", get_args(OrderEvent))
