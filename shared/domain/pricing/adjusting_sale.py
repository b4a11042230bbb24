"""Changes to the sum of a sale, laid on its tickets so that lines, guards and trace still agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared.domain.pricing.assembly import PricedPart, PricedTicket
from shared.domain.pricing.splitting import split


def headroom(tickets: Sequence[PricedTicket], step: int) -> int:
    """How much the sum can fall, in multiples of `step` on each part, before every floor is reached."""
    return sum(_room(part, step) for ticket in tickets for part in ticket.parts)


def lowered(tickets: Sequence[PricedTicket], rank: int, off: int, step: int) -> tuple[PricedTicket, ...]:
    """`off` (a multiple of `step`, within the headroom) taken from all parts in proportion to their headroom."""
    if not off:
        return tuple(tickets)
    shares = iter(split(off, [_room(part, step) for ticket in tickets for part in ticket.parts], step))
    return tuple(
        replace(ticket, parts=tuple(part.with_step(rank, -next(shares)) for part in ticket.parts)) for ticket in tickets
    )


def shifted(tickets: Sequence[PricedTicket], rank: int, delta: int) -> tuple[PricedTicket, ...]:
    """`delta` laid on the dearest part that can bear it within its guards; nothing when none can."""
    bearers = [
        (part.amount, -position, -index)
        for position, ticket in enumerate(tickets)
        for index, part in enumerate(ticket.parts)
        if part.floor <= part.amount + delta and (part.ceiling is None or part.amount + delta <= part.ceiling)
    ]
    if not bearers or not delta:
        return tuple(tickets)
    _, position, index = max(bearers)
    ticket = tickets[-position]
    parts = list(ticket.parts)
    parts[-index] = parts[-index].with_step(rank, delta)
    return (*tickets[:-position], replace(ticket, parts=tuple(parts)), *tickets[1 - position :])


def _room(part: PricedPart, step: int) -> int:
    return max(0, part.amount - part.floor) // step * step
