"""Places: every lease as central signed it, every ticket from a unit of one, no unit sold twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.capacity import Lease
from shared.security.keys import PublicKey
from shared.storage.audit.verdict import BrokenError, Place, require, rows
from shared.storage.leases import lease_from_document

_LEASES = "SELECT lease_id, slot, units, epoch, document FROM lease ORDER BY lease_id"
_USES = "SELECT lease_id, k, sale_id FROM lease_use ORDER BY lease_id, k"

Unit = tuple[bytes, int]  # lease id and k: the place that a ticket bears


@dataclass(frozen=True, slots=True)
class _Right:
    slot: str
    units: int
    epoch: int


class Places:
    """Follows which sale has which unit."""

    def __init__(self, connection: sqlite3.Connection, central: PublicKey | None) -> None:
        """Raises BrokenError for a lease that is not as central signed it (its signature, when the key is known)."""
        self._rights = {row[0]: _right(row, central) for row in rows(connection, "lease", _LEASES)}
        self._held: dict[Unit, str] = {}
        self._by_sale: dict[str, Sequence[Unit]] = {}

    def hold(self, at: Place, sale_id: str, slot: str, units: Sequence[Unit]) -> None:
        """A sale takes units. Raises BrokenError when they were not there to be taken."""
        for unit in units:
            right = self._rights.get(unit[0])
            fits = right is not None and (right.slot, right.epoch) == (slot, at[0]) and 1 <= unit[1] <= right.units
            require(fits, "journal", at, "holds a place that no lease gives")
            taken = self._held.setdefault(unit, sale_id)
            require(taken == sale_id, "journal", at, f"holds a place that sale {taken} has")
        self._by_sale[sale_id] = units

    def close(self, sale_id: str, *, released: bool) -> None:
        """A sale has ended; released, its units are free again."""
        units = self._by_sale.pop(sale_id, ())
        for unit in units if released else ():
            del self._held[unit]

    def compare(self, connection: sqlite3.Connection) -> None:
        """Raises BrokenError when the table of used units says otherwise."""
        for lease_id, k, sale_id in rows(connection, "lease_use", _USES):
            holder = self._held.pop((lease_id, k), None)
            require(holder == sale_id, "lease_use", f"{lease_id.hex()}, {k}", "is not what the journal says")
        for lease_id, k in sorted(self._held)[:1]:
            raise BrokenError("lease_use", f"{lease_id.hex()}, {k}", "is missing")


def _right(row: tuple[bytes, str, int, int, str], central: PublicKey | None) -> _Right:
    lease_id, slot, units, epoch, document = row
    try:
        lease: Lease = lease_from_document(json.loads(document))
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenError("lease", lease_id.hex(), "its document is not a lease") from error
    same = (lease.lease_id, str(lease.slot), lease.units, lease.epoch) == (lease_id, slot, units, epoch)
    require(same, "lease", lease_id.hex(), "is not what its document says")
    genuine = central is None or central.verifies(lease.signature, lease.signed_bytes())
    require(genuine, "lease", lease_id.hex(), "is not signed by central")
    return _Right(slot, units, epoch)
