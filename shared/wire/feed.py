"""The change feed down to the terminals: pages of entries behind a cursor."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from shared.wire.base import Count, Hex32, Instant, Name, Number, SlotText, WireModel

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


FeedEntry = Annotated[DocumentEntry | KeyRingEntry | PlacesEntry, Field(discriminator="kind")]


class FeedPage(WireModel):
    """Entries after the cursor asked for, oldest first. `cursor` is where to go on; `more` says: at once.

    An entry replaces the earlier one of its kind (of its slot, for places); only the newest is kept, so a
    terminal that begins at 0 receives everything that is true now. `now` is central's time.
    """

    entries: list[FeedEntry]
    cursor: Count
    more: bool
    now: Instant
