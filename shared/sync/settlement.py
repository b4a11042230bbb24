"""Giving leases back: closed here, settled with central, then forgotten."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.sync.ports import LeaseStanding, SyncStore
from shared.wire.lease import SettlementAnswer, SettlementRequest

log = structlog.get_logger()
_FACT = "closing_leases"


class Settler:
    """A lease being closed is remembered by name until central has taken its settlement."""

    def __init__(self, client: CentralClient, store: SyncStore) -> None:
        self._client = client
        self._store = store

    def closing(self) -> frozenset[bytes]:
        """Leases that are closed and not yet settled: nothing is sold from them."""
        ids = (self._store.fact(_FACT) or {}).get("ids", [])
        return frozenset(bytes.fromhex(text) for text in ids) if isinstance(ids, list) else frozenset()

    def settle(self, standings: Iterable[LeaseStanding]) -> Answer[int]:
        """Settles these and those begun before; returns how many. Unreachable: the rest waits for the next time."""
        done = 0
        for lease_id in self._begin(standing.lease.lease_id for standing in standings):
            answer = self._report(lease_id)
            match answer:
                case Ok():
                    done += 1
                case Refused(problem) if problem.status < 500 and problem.status != 429:
                    # Central will not think again. Not free for anybody until a person looks: never oversold.
                    log.error("settlement_refused", lease=lease_id.hex(), problem=problem.number)
                case Refused() | Unreachable():
                    return answer
            self._store.settle_lease(lease_id)
            self._remember(self.closing() - {lease_id})
        return Ok(done)

    def _begin(self, new: Iterable[bytes]) -> list[bytes]:
        known = self.closing()
        wanted = known | frozenset(new)
        if wanted != known:
            self._remember(wanted)
        return sorted(wanted)

    def _remember(self, closing: frozenset[bytes]) -> None:
        self._store.put_fact(_FACT, {"ids": [lease_id.hex() for lease_id in sorted(closing)]})

    def _report(self, lease_id: bytes) -> Answer[SettlementAnswer]:
        used = self._store.close_lease(lease_id)
        body = SettlementRequest(used=used).model_dump_json().encode()
        path = f"/v1/leases/{lease_id.hex()}/settlement"
        return self._client.post(path, body, SettlementAnswer, Patience(answer=5.0))
