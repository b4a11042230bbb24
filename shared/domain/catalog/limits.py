"""How many of a product may be sold, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Limits:
    """The greatest quantities; None where there is no limit. `per_channel` is the greatest quantity in a sale there.

    `per_person_day` counts by identity document; a channel that `per_channel` sets to 0 does not sell the product.
    """

    per_person_day: int | None = None
    per_sale: int | None = None
    per_slot: int | None = None
    per_channel: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class SalesWindow:
    """When it is sold: for visits up to `days_ahead` days away, until `closes_minutes` before the slot's start.

    `from_day`..`to_day` bound the day of the sale in the site's own time. A negative `closes_minutes` sells on after
    the start.
    """

    from_day: date | None = field(default=None, metadata={"key": "from"})
    to_day: date | None = field(default=None, metadata={"key": "to"})
    days_ahead: int | None = None
    closes_minutes: int | None = None
