"""Z reports as a chain: numbered without a gap, each with the hash of the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.canonical import canonical
from shared.domain.journal import GENESIS, HashProfile, digest
from shared.domain.sale_errors import require
from shared.domain.shift.codec import SHIFT
from shared.domain.shift.events import ZReport
from shared.domain.shift.state import Shift


@dataclass(frozen=True, slots=True)
class ZLink:
    """The last Z of a terminal: its number (0 before the first) and hash."""

    number: int = 0
    hash: bytes = GENESIS


def z_hash(shift: Shift, z: ZReport, profile: HashProfile) -> bytes:
    """32 bytes over the canonical JSON of the Z and of the shift's figures, the previous hash among them."""
    _, body = SHIFT.encode(z)
    figures = {
        "shift": shift.number,
        "drawer": shift.opened.drawer,
        "business_day": shift.opened.business_day,
        "currency": shift.opened.currency,
        "float": shift.float.minor,
        "taken": shift.taken.minor,
        "given": shift.given.minor,
        "paid_in": shift.came_in.minor,
        "paid_out": shift.went_out.minor,
        "dropped": shift.dropped.minor,
    }
    return digest(canonical({**figures, "type": z.type, "z": body}), profile)


def follow_z(last: ZLink, shift: Shift, z: ZReport, profile: HashProfile) -> ZLink:
    """The chain with one more Z. Raises HistoryError when it does not continue the last one."""
    require(z.z_number == last.number + 1, "Z reports are numbered without a gap")
    require(z.previous == last.hash.hex(), "a Z carries the hash of the one before it")
    return ZLink(z.z_number, z_hash(shift, z, profile))
