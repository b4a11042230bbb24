"""The result of a transaction as the terminal tells it (04 0F)."""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.payment.zvt import fields as bmp
from drivers.payment.zvt.codes import NO_ERROR


@dataclass(frozen=True, slots=True)
class StatusInformation:
    """`amount_minor` and `currency` (ISO 4217 number) are None where the terminal does not tell them."""

    result: int
    amount_minor: int | None
    currency: int | None
    receipt_no: str
    trace: str
    terminal_id: str
    card: str = field(default="", repr=False)

    @property
    def succeeded(self) -> bool:
        return self.result == NO_ERROR

    @property
    def is_numbered(self) -> bool:
        """Whether it can be told from another transaction."""
        return bool(self.receipt_no or self.trace)

    @property
    def mark(self) -> str:
        """Tells this transaction from the ones before and after it at the same terminal."""
        return f"{self.terminal_id}/{self.receipt_no}/{self.trace}"

    @property
    def reference(self) -> str:
        """The number for support and settlement."""
        return f"{self.terminal_id}-{self.receipt_no}-{self.trace}"


def read_status(data: bytes) -> StatusInformation | None:
    """None when the bytes are no status information."""
    found = bmp.parse_fields(data)
    if found is None or bmp.RESULT not in found:
        return None
    amount = bmp.number(found.get(bmp.AMOUNT))
    if bmp.AMOUNT in found and amount is None:
        return None
    return StatusInformation(
        found[bmp.RESULT][0],
        amount,
        bmp.number(found.get(bmp.CURRENCY)) if bmp.CURRENCY in found else None,
        found.get(bmp.RECEIPT_NO, b"").hex(),
        found.get(bmp.TRACE, b"").hex(),
        found.get(bmp.TERMINAL_ID, b"").hex(),
        found.get(bmp.CARD_NAME, b"").rstrip(b"\0").decode("cp437"),
    )
