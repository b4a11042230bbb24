"""The change feed down to the terminals: pages of entries behind a cursor."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, JsonValue

from shared.wire.base import Count, Hex16, Hex32, Instant, Name, Number, SlotText, WireModel

MAX_PAGE = 200


class DocumentEntry(WireModel):
    """A whole document in a new version: the catalogue, the price list or the settings of the site."""

    cursor: Number
    kind: Literal["catalogue", "prices", "settings"]
    version: Name
    document: dict[str, JsonValue]


class KeyDocument(WireModel):
    """A public key and whose it is: `central` or `terminal:<id>`."""

    owner: str
    public: Hex32


class KeyRing(WireModel):
    """All public keys, as `shared.security.keys.Keyring.to_json` writes them."""

    keys: list[KeyDocument]


class KeyRingEntry(KeyRing):
    """The key ring has changed."""

    cursor: Number
    kind: Literal["keyring"]


class PlacesEntry(WireModel):
    """Places of one slot. `free`: not leased to anybody; `left`: not sold as far as central knows."""

    cursor: Number
    kind: Literal["places"]
    slot: SlotText
    end: Instant
    capacity: Count
    free: Count
    left: Count


class AdmittedEntry(WireModel):
    """A ticket opened a gate: a terminal that sold it takes it back no more. One entry for each ticket."""

    cursor: Number
    kind: Literal["admitted"]
    ticket_id: Hex16
    at: Instant
    gate: Name


class RevokedEntry(WireModel):
    """A ticket opens nothing any more, whatever its signature says. One entry for each ticket."""

    cursor: Number
    kind: Literal["revoked"]
    ticket_id: Hex16
    at: Instant


FeedEntry = Annotated[
    DocumentEntry | KeyRingEntry | PlacesEntry | AdmittedEntry | RevokedEntry, Field(discriminator="kind")
]
_KINDS = frozenset({"catalogue", "prices", "settings", "keyring", "places", "admitted", "revoked"})


def _known(entries: object) -> object:
    """Without entries of a kind that a newer central knows and this terminal does not."""
    if not isinstance(entries, list):
        return entries
    return [e for e in entries if not isinstance(e, dict) or "kind" not in e or e["kind"] in _KINDS]


class FeedPage(WireModel):
    """Entries after the cursor asked for, oldest first. `cursor` is where to go on; `more` says: at once.

    An entry replaces the earlier one of its kind (of its slot, for places; of its ticket, for admitted and revoked);
    only the newest is kept, so a terminal that begins at 0 receives everything that is true now. `now` is central's
    time. A kind of entry that a reader does not know is passed over.
    """

    entries: Annotated[list[FeedEntry], BeforeValidator(_known)]
    cursor: Count
    more: bool
    now: Instant
