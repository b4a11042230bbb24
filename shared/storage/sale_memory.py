"""Open sales as they stood after their last row, so that a step need not read the whole history again."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from shared.domain.sale_state import Sale
from shared.storage.tables import journal

# Built once: putting a statement together takes longer than running it.
_LAST = (
    select(journal.c.hash)
    .where(journal.c.sale_id == bindparam("sale_id"))
    .order_by(journal.c.epoch.desc(), journal.c.seq.desc())
    .limit(1)
)


class SaleMemory:
    """Used on the storage thread alone.

    A state counts only while the sale's last row has the hash that it followed from: what another wrote, or a
    transaction that was rolled back, is never mistaken for it.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, Sale]] = {}

    def recall(self, connection: Connection, sale_id: str) -> Sale | None:
        """The sale's state if it is known and nothing was written since."""
        known = self._known.get(sale_id)
        return known[1] if known and known[0] == _last_hash(connection, sale_id) else None

    def keep(self, sale: Sale, last_hash: bytes) -> None:
        """The state after the row of this hash, which may yet be rolled back. A closed sale is forgotten."""
        if sale.outcome is not None:
            self._known.pop(sale.sale_id, None)
        else:
            self._known[sale.sale_id] = last_hash, sale


def _last_hash(connection: Connection, sale_id: str) -> bytes:
    found: bytes = connection.execute(_LAST, {"sale_id": sale_id}).scalar() or b""
    return found
