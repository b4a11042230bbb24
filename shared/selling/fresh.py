"""Fresh names for sales, orders, tickets and sheets, from the operating system's randomness."""

from __future__ import annotations

import itertools
import secrets
from datetime import datetime

_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that looks like something else
_PRINTABLE = 94**4


class RandomIds:
    """Implements `shared.selling.ports.Ids`."""

    def __init__(self) -> None:
        self._prints = itertools.count(secrets.randbelow(_PRINTABLE))

    def sale_id(self, now: datetime) -> str:
        """`261123-7KQ2M9XA`: the day and 40 random bits; sorts by day."""
        return f"{now:%y%m%d}-{_readable(8)}"

    def order_no(self) -> str:
        return _readable(26)

    def ticket_id(self) -> bytes:
        return secrets.token_bytes(16)

    def job_id(self) -> str:
        return _readable(10)

    def process_id(self) -> str:
        number = next(self._prints) % _PRINTABLE
        return "".join(chr(0x21 + number // 94**place % 94) for place in range(4))

    def claim_code(self) -> str:
        return f"{_readable(4)}-{_readable(4)}"


def _readable(length: int) -> str:
    return "".join(secrets.choice(_READABLE) for _ in range(length))
