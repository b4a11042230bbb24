"""What central says of itself."""

from __future__ import annotations

from typing import Literal

from shared.wire.base import Count, Name, Number, WireModel


class VersionInfo(WireModel):
    """The site it serves and the versions of the interface it speaks."""

    site_id: Name
    api_versions: list[Number]


class Health(WireModel):
    """Alive (`/healthz`) or able to work (`/readyz`)."""

    status: Literal["ok"]


class Summary(WireModel):
    """Sales that were paid, their tickets that open a gate, and their sum in minor units.

    Refunds do not change that sum: they are counted beside it, with what they gave back or credited.
    """

    sales: Count
    tickets: Count
    total_minor: Count
    refunds: Count = 0
    refunded_minor: Count = 0
