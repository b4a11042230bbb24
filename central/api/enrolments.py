"""Enrolment: a code and a key against an identity."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy.orm import Session

from central.api.calling import SentDep, ServiceDep
from central.fleet.signatures import remember, verify
from central.fleet.terminals import Terminal, enrol
from central.refusal import RefusalError
from shared.security.keys import PublicKey
from shared.wire.enrolment import EnrolmentAnswer, EnrolmentRequest
from shared.wire.problem import Problem

router = APIRouter()


@router.post("/v1/enrolments", status_code=201)
def enrol_terminal(central: ServiceDep, sent: SentDep, wanted: EnrolmentRequest) -> EnrolmentAnswer:
    """Takes a terminal into service. The request is signed with the key that it brings."""
    key = PublicKey(bytes.fromhex(wanted.public_key))
    now = central.clock.now()
    signature = verify(sent, lambda key_id: key if key_id == key.key_id.hex() else None, now)

    def work(session: Session) -> Terminal | Problem:
        remember(session, central.site_id, signature)
        outcome = enrol(session, central.site_id, wanted.code, wanted.name, key, now, central.ids, wanted.after_epoch)
        if isinstance(outcome, Terminal):
            central.publish_keyring(session)
        return outcome

    outcome = central.database.write(work)
    if isinstance(outcome, Problem):
        raise RefusalError(outcome)
    return EnrolmentAnswer(
        terminal_id=outcome.terminal_id,
        site_id=central.site_id,
        epoch=outcome.epoch,
        central_public_key=central.key.public.raw.hex(),
    )
