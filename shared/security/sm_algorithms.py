"""The national algorithms that protect fields: HMAC over SM3 (GM/T 0004), SM4 (GB/T 32907) in GCM (RFC 8998)."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

SM4_KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16


class NotAuthenticError(Exception):
    """Sealed under another key, for another place, or altered since."""


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """32 bytes."""
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


def seal(key: bytes, nonce: bytes, plain: bytes, place: bytes) -> bytes:
    """`nonce | ciphertext | tag`, bound to `place` (the associated data). A nonce is used once under a key.

    Raises ValueError when key or nonce are not of their lengths.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes")
    encryptor = Cipher(SM4(key), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place)
    return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The inverse of `seal`. Raises NotAuthenticError, having given out nothing."""
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise NotAuthenticError
    nonce, body, tag = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:-TAG_BYTES], sealed[-TAG_BYTES:]
    decryptor = Cipher(SM4(key), GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(place)
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag:
        raise NotAuthenticError from None
