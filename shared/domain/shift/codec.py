"""Shift events as JSON bodies for the journal and the wire, and back."""

from __future__ import annotations

from typing import get_args

from shared.domain.event_codec import EventCodec
from shared.domain.shift.events import ShiftEvent

SHIFT: EventCodec[ShiftEvent] = EventCodec("shift", get_args(ShiftEvent))
