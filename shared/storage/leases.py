"""Leases in the terminal's database, and places taken out of them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from shared.domain.canonical import canonical, parse_instant
from shared.domain.capacity import Lease, LeaseUnit, SlotKey
from shared.errors import Fault, SurroundingsError
from shared.storage.tables import lease, lease_use
from shared.sync.ports import LeaseStanding

# Built once: putting a statement together takes longer than running it.
_COUNT = select(func.count()).where(lease_use.c.lease_id == lease.c.lease_id).scalar_subquery().label("used")
_STANDINGS: Select[tuple[object, ...]] = select(
    lease.c.document, lease.c.received_monotonic, lease.c.received_boot, _COUNT
).where(lease.c.epoch == bindparam("epoch"), lease.c.state.in_(bindparam("states", expanding=True)))
_OF_SLOT = _STANDINGS.where(lease.c.slot == bindparam("slot"))
_UNITS = select(lease_use.c.k).where(lease_use.c.lease_id == bindparam("lease_id"))
_USE = lease_use.insert()


def add(connection: Connection, new: Lease, monotonic: float, boot: str) -> None:
    """Stores a lease; one already known is passed over."""
    connection.execute(
        insert(lease)
        .values(
            lease_id=new.lease_id,
            slot=str(new.slot),
            units=new.units,
            document=canonical(_to_document(new)).decode(),
            received_monotonic=monotonic,
            received_boot=boot,
            state="open",
            epoch=new.epoch,
        )
        .on_conflict_do_nothing()
    )


def standings(connection: Connection, epoch: int, states: Sequence[str] = ("open", "closed")) -> list[LeaseStanding]:
    """The epoch's leases in these states, in the order in which they run out. Those of earlier epochs are frozen:

    neither sold from, for their units may have been used, nor settled, for nobody knows how many.
    """
    return _in_order(connection, {"epoch": epoch, "states": states}, _STANDINGS)


def _in_order(
    connection: Connection, which: dict[str, object], query: Select[tuple[object, ...]]
) -> list[LeaseStanding]:
    found = map(_standing, connection.execute(query, which))
    return sorted(found, key=lambda s: (s.lease.sell_until, s.lease.lease_id))


def take(
    connection: Connection,
    epoch: int,
    sale_id: str,
    slot: SlotKey,
    count: int,
    may_sell: Callable[[LeaseStanding], bool],
    pinned: str | None = None,
    booking_id: str = "",
    own_only: bool = False,
) -> tuple[LeaseUnit, ...] | None:
    """Takes `count` free units of the slot's open leases, the first to end first; None when there are too few.

    A booking's own leases are for it alone and come before the others; `own_only`: there are no others for it.
    `pinned` is the version of the price list that the leases must be for. Raises
    SurroundingsError(PRICE_LIST_NOT_LEASED) when there would be enough for another.
    """
    of_slot = _in_order(connection, {"epoch": epoch, "states": ("open",), "slot": str(slot)}, _OF_SLOT)
    allowed = (booking_id,) if own_only else ("", booking_id)
    leases = [s.lease for s in of_slot if s.lease.booking_id in allowed and may_sell(s)]
    leases.sort(key=lambda held: not held.booking_id)
    chosen = _first_free(connection, [held for held in leases if pinned in (None, held.price_version)], count)
    if len(chosen) < count:
        if len(_first_free(connection, leases, count)) == count:
            raise SurroundingsError(Fault.PRICE_LIST_NOT_LEASED, f"price list {pinned}")
        return None
    connection.execute(_USE, [{"lease_id": unit.lease_id, "k": unit.k, "sale_id": sale_id} for unit in chosen])
    return chosen


def _first_free(connection: Connection, leases: Sequence[Lease], count: int) -> tuple[LeaseUnit, ...]:
    free = (unit for held in leases for unit in _free_units(connection, held))
    return tuple(itertools.islice(free, count))


def give_back(connection: Connection, sale_id: str) -> None:
    """Frees the units of a sale that was given up before any ticket was signed."""
    connection.execute(lease_use.delete().where(lease_use.c.sale_id == sale_id))


def change_state(connection: Connection, lease_id: bytes, state: str) -> int:
    """Closes or settles a lease; returns its used units."""
    connection.execute(update(lease).where(lease.c.lease_id == lease_id).values(state=state))
    return len(_used(connection, lease_id))


def _standing(row: Row[tuple[object, ...]]) -> LeaseStanding:
    held = lease_from_document(json.loads(row.document))
    return LeaseStanding(held, row.used, row.received_monotonic, row.received_boot)


def _free_units(connection: Connection, held: Lease) -> list[LeaseUnit]:
    used = _used(connection, held.lease_id)
    return [LeaseUnit(held.lease_id, k) for k in range(1, held.units + 1) if k not in used]


def _used(connection: Connection, lease_id: bytes) -> set[int]:
    return set(connection.execute(_UNITS, {"lease_id": lease_id}).scalars())


def _to_document(held: Lease) -> dict[str, object]:
    return {**json.loads(held.signed_bytes()), "signature": held.signature.hex()}


def lease_from_document(data: dict[str, str | int]) -> Lease:
    """A lease as it is stored. Raises ValueError or KeyError when it is none."""
    return Lease(
        bytes.fromhex(str(data["lease_id"])),
        str(data["terminal_id"]),
        bytes.fromhex(str(data["terminal_key_id"])),
        SlotKey.parse(str(data["slot"])),
        int(data["units"]),
        int(data["epoch"]),
        parse_instant(str(data["granted_at"])),
        parse_instant(str(data["sell_until"])),
        str(data["price_version"]),
        bytes.fromhex(str(data["signature"])),
        str(data.get("booking_id", "")),
    )
