"""Signing a request with the terminal's key (HTTP Message Signatures, RFC 9421)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519
from requests import PreparedRequest

from shared.security.keys import SigningKey
from shared.wire.signing import COMPONENTS, TAG

_NONCE_BYTES = 16


class RequestSigner:
    """Covers method, address and body digest; `created` is central's time as far as it is known."""

    def __init__(self, key: SigningKey, random_bytes: Callable[[int], bytes]) -> None:
        self._key = key
        self._random_bytes = random_bytes
        self._signer = HTTPMessageSigner(signature_algorithm=ED25519)

    def sign(self, request: PreparedRequest, body: bytes, created: datetime) -> None:
        """Adds Content-Digest, Signature-Input and Signature to the request's headers."""
        prepared = self._signer.prepare(
            request,
            key_id=self._key.public.key_id.hex(),
            created=created,
            nonce=self._random_bytes(_NONCE_BYTES).hex(),
            tag=TAG,
            covered_component_ids=COMPONENTS,
            body=body,
        )
        self._signer.apply(request, prepared, self._key.sign(prepared.signature_base))
