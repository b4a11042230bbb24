"""Becoming a terminal: a one-time code and a fresh key against an identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.security.keys import PublicKey, SigningKey
from shared.sync.answers import Answer, Ok, Refused, Unreachable
from shared.sync.client import CentralClient, Patience
from shared.wire.enrolment import EnrolmentAnswer, EnrolmentRequest


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who this terminal is, and whose signature it believes. Kept as the fact `enrolment`."""

    terminal_id: str
    site_id: str
    epoch: int
    central: PublicKey

    def to_fact(self) -> dict[str, object]:
        """JSON values, for `SyncStore.put_fact`."""
        return {
            "terminal_id": self.terminal_id,
            "site_id": self.site_id,
            "epoch": self.epoch,
            "central": self.central.raw.hex(),
        }

    @staticmethod
    def from_fact(fact: Mapping[str, object]) -> Enrolment:
        """The inverse of `to_fact`. Raises ValueError when it is not one."""
        try:
            central = PublicKey(bytes.fromhex(str(fact["central"])))
            return Enrolment(str(fact["terminal_id"]), str(fact["site_id"]), int(str(fact["epoch"])), central)
        except KeyError as error:
            raise ValueError(f"an enrolment needs {error}") from error


def enrol(client: CentralClient, key: SigningKey, code: str, name: str, after_epoch: int = 0) -> Answer[Enrolment]:
    """Redeems a code for `key`, with which the client signs. Made again with the same key, the answer is the same.

    `after_epoch`: the last epoch of a restored database, to go on in a later one.
    """
    request = EnrolmentRequest(code=code, name=name, public_key=key.public.raw.hex(), after_epoch=after_epoch)
    answer = client.post("/v1/enrolments", request.model_dump_json().encode(), EnrolmentAnswer, Patience())
    match answer:
        case Ok(who):
            central = PublicKey(bytes.fromhex(who.central_public_key))
            return Ok(Enrolment(who.terminal_id, who.site_id, who.epoch, central))
        case Refused() | Unreachable():
            return answer
