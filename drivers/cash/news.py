"""The five-event buffer of an acceptor, and what of it is new. The counter runs 1 to 255 and over; 0 = switched on."""

from __future__ import annotations

from drivers.contracts.cash import AcceptorEvent, Heard

BUFFERED = 5
_LAP = 255


def news(counter: int, events: tuple[AcceptorEvent, ...], since: int | None) -> Heard:
    """What happened after event `since`. `events`: the buffer, newest first.

    After a restart everything in the buffer is new: it was emptied when the device was switched on.
    """
    if since is None:
        return Heard(counter)
    if counter == 0:
        return Heard(0, restarted=since != 0)
    happened = counter if since == 0 else (counter - since) % _LAP
    fresh = events[: min(happened, BUFFERED)]
    return Heard(counter, tuple(reversed(fresh)), lost=happened - len(fresh))
