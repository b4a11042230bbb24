"""Whether a request was signed by the key it names, for this address and body, now, and for the first time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    VerifyResult,
)
from http_message_signatures.algorithms import ED25519
from http_sf.compat import InnerList
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from central.refusal import RefusalError
from central.storage.database import BusyError, UnavailableError
from central.storage.tables import NonceRow
from shared.security.keys import PublicKey
from shared.wire.problem import Problem
from shared.wire.signing import COMPONENTS, CREATED_WINDOW, TAG

_NONCE_LENGTHS = range(16, 65)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as it came: `url` absolute and still encoded, `body` as bytes."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """A genuine signature: whose key (8 hex digits), its nonce and when it was made (UTC)."""

    key_id: str
    nonce: str
    created: datetime


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, find: Callable[[str], PublicKey | None]) -> None:
        self._find = find
        self.unknown = False
        self.failure: Exception | None = None  # the library would take it for a signature that is not genuine

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        try:
            key = self._find(key_id)
        except (BusyError, UnavailableError) as error:
            self.failure = error
            raise
        self.unknown = key is None
        return Ed25519PublicKey.from_public_bytes(key.raw) if key else None


class _Verifier(HTTPMessageVerifier):
    def validate_created_and_expires(self, sig_input: InnerList, max_age: timedelta | None = None) -> None:
        """Left to `verify`: the library would compare with the wall clock, not with central's."""


def verify(request: SignedRequest, find_key: Callable[[str], PublicKey | None], now: datetime) -> Signature:
    """The request's signature. Raises RefusalError when it is absent, not genuine, of an unknown key, or not of now."""
    if "signature" not in request.headers or "signature-input" not in request.headers:
        raise RefusalError(Problem.UNSIGNED)
    result = _genuine(request, _Keys(find_key))
    signature = _read(result)
    if abs(now - signature.created) > CREATED_WINDOW:
        raise RefusalError(Problem.WRONG_TIME)
    return signature


def _genuine(request: SignedRequest, keys: _Keys) -> VerifyResult:
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=keys)
    try:
        return verifier.verify(request, max_age=None, expect_tag=TAG, require_components=COMPONENTS, body=request.body)[
            0
        ]
    except (HTTPMessageSignaturesException, ValueError, UnicodeError) as error:
        if keys.failure is not None:
            raise keys.failure from error
        raise RefusalError(Problem.UNKNOWN_TERMINAL if keys.unknown else Problem.WRONG_SIGNATURE) from error


def _read(result: VerifyResult) -> Signature:
    created, nonce = result.parameters.get("created"), result.nonce
    if not isinstance(created, int) or nonce is None or len(nonce) not in _NONCE_LENGTHS:
        raise RefusalError(Problem.WRONG_SIGNATURE, "created or nonce is missing or has another form")
    try:
        moment = datetime.fromtimestamp(created, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise RefusalError(Problem.WRONG_TIME) from error
    return Signature(str(result.parameters["keyid"]), nonce, moment)


def remember(session: Session, site_id: str, signature: Signature) -> None:
    """Notes the nonce while a repetition would pass for fresh. Raises RefusalError when it was noted before."""
    keep_until = signature.created + 2 * CREATED_WINDOW
    session.add(NonceRow(site_id=site_id, key_id=signature.key_id, nonce=signature.nonce, keep_until=keep_until))
    try:
        session.flush()
    except IntegrityError as error:
        raise RefusalError(Problem.REPLAYED) from error


def forget_old_nonces(session: Session, site_id: str, now: datetime) -> None:
    """Drops the nonces of requests that would be refused for their time."""
    session.execute(delete(NonceRow).where(NonceRow.site_id == site_id, NonceRow.keep_until < now))
