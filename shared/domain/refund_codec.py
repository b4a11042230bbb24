"""Refund events as JSON bodies for the journal and the wire, and back."""

from __future__ import annotations

from typing import get_args

from shared.domain.event_codec import EventCodec
from shared.domain.refund import RefundEvent

REFUND: EventCodec[RefundEvent] = EventCodec("refund", get_args(RefundEvent))
