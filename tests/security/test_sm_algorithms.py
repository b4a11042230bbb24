"""SM3, SM4 and SM4-GCM against the vectors published with their standards."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB
from hypothesis import given
from hypothesis import strategies as st

from shared.security.sm_algorithms import NotAuthenticError, hmac_sm3, seal, unseal

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
BLOCK = 64
SEALED = seal(KEY, bytes(12), b"11010519491231002X", b"S1")


def sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_of_gmt_0004_annex_a(data: bytes, digest: str) -> None:
    assert sm3(data).hex() == digest


def test_sm4_of_gbt_32907_annex_a() -> None:
    once = Cipher(SM4(KEY), ECB()).encryptor()
    assert once.update(KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_of_rfc_8998_appendix_a1() -> None:
    plain = b"".join(bytes([byte]) * 8 for byte in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    nonce = bytes.fromhex("00001234567800000000abcd")
    place = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    cipher = (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    )
    tag = "83de3541e4c2b58177e065a9bf7b62ec"
    sealed = seal(KEY, nonce, plain, place)
    assert sealed == nonce + bytes.fromhex(cipher + tag)
    assert unseal(KEY, sealed, place) == plain


@given(st.binary(max_size=150), st.binary(max_size=200))
def test_the_keyed_hash_is_hmac_by_its_definition(key: bytes, data: bytes) -> None:
    """RFC 2104 over SM3, whose block has 64 bytes."""
    padded = (sm3(key) if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    inner = sm3(bytes(b ^ 0x36 for b in padded) + data)
    assert hmac_sm3(key, data) == sm3(bytes(b ^ 0x5C for b in padded) + inner)


@given(st.integers(0, len(SEALED) * 8 - 1))
def test_any_bit_that_changed_is_refused(bit: int) -> None:
    altered = bytearray(SEALED)
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NotAuthenticError):
        unseal(KEY, bytes(altered), b"S1")


@pytest.mark.parametrize("length", range(len(SEALED)))
def test_a_cut_off_ciphertext_is_refused(length: int) -> None:
    with pytest.raises(NotAuthenticError):
        unseal(KEY, SEALED[:length], b"S1")


def test_another_place_or_key_is_refused() -> None:
    with pytest.raises(NotAuthenticError):
        unseal(KEY, SEALED, b"S2")
    with pytest.raises(NotAuthenticError):
        unseal(bytes(16), SEALED, b"S1")
    with pytest.raises(ValueError, match="nonce"):
        seal(KEY, bytes(11), b"", b"")
