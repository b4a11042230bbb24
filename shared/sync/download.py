"""The change feed into facts (design: sync.md, Down).

Facts written: `catalogue`, `prices`, `settings`: `{"version": text, "document": {...}}`; `keyring`: as
`Keyring.to_json`; `places`: `{"slots": {slot: {"end": instant, "capacity": n, "free": n, "left": n}}}`;
`feed`: `{"cursor": n}`. Tickets that opened a gate go to the store as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.domain.canonical import parse_instant
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.sync.ports import Admission, SyncStore
from shared.wire.feed import AdmittedEntry, DocumentEntry, FeedPage, KeyRingEntry, PlacesEntry, RevokedEntry

Places = dict[str, dict[str, object]]


def places_in(fact: Mapping[str, object] | None) -> Places:
    """The slots of the `places` fact; none before the first page."""
    slots = (fact or {}).get("slots")
    return dict(slots) if isinstance(slots, dict) else {}


@dataclass(frozen=True, slots=True)
class FeedRead:
    """Names of the facts that changed, and central's time as it came: for choosing slots, never for leases."""

    changed: frozenset[str]
    central_now: datetime


class Downloader:
    """Reads the feed from where it stopped. Facts are stored before the cursor: a page may come twice, none is lost."""

    def __init__(self, client: CentralClient, store: SyncStore, patience: Patience) -> None:
        self._client = client
        self._store = store
        self._patience = patience
        self._cursor = _cursor_in(store.fact("feed"))

    def run(self) -> Answer[FeedRead]:
        """Reads every page there is."""
        changed: frozenset[str] = frozenset()
        while True:
            answer = self._client.get(f"/v1/feed?after={self._cursor}", FeedPage, self._patience)
            match answer:
                case Ok(page):
                    changed |= self._take(page)
                    if not page.more:
                        return Ok(FeedRead(changed, parse_instant(page.now)))
                case Refused() | Unreachable():
                    return answer

    def _take(self, page: FeedPage) -> frozenset[str]:
        facts = self._facts(page)
        admitted = _admissions(page)
        if admitted:
            self._store.admit(admitted)
        for name, fact in facts.items():
            self._store.put_fact(name, fact)
        if page.cursor != self._cursor:
            self._store.put_fact("feed", {"cursor": page.cursor})
            self._cursor = page.cursor
        return frozenset(facts)

    def _facts(self, page: FeedPage) -> dict[str, Mapping[str, object]]:
        facts: dict[str, Mapping[str, object]] = {}
        places: Places = {}
        for entry in page.entries:
            match entry:
                case DocumentEntry():
                    facts[entry.kind] = {"version": entry.version, "document": entry.document}
                case KeyRingEntry():
                    facts["keyring"] = {"keys": [key.model_dump() for key in entry.keys]}
                case PlacesEntry():
                    places[entry.slot] = entry.model_dump(include={"end", "capacity", "free", "left"})
                case AdmittedEntry() | RevokedEntry():
                    pass  # no fact: see `_admissions`; a revoked ticket concerns gates
        if places:
            facts["places"] = {"slots": self._current(places, page.now)}
        return facts

    def _current(self, news: Places, now: str) -> Places:
        """The known places with what is new, without the slots that are over (instants compare as text)."""
        slots = {**places_in(self._store.fact("places")), **news}
        return {slot: entry for slot, entry in slots.items() if str(entry["end"]) > now}


def _admissions(page: FeedPage) -> list[Admission]:
    admitted = (entry for entry in page.entries if isinstance(entry, AdmittedEntry))
    return [Admission(entry.ticket_id, parse_instant(entry.at), entry.gate) for entry in admitted]


def _cursor_in(fact: Mapping[str, object] | None) -> int:
    cursor = (fact or {}).get("cursor")
    return cursor if isinstance(cursor, int) else 0
