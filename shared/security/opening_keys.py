"""The data keys at a terminal's start: had, degraded, or not to be had, in which case nothing is sold in a name."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from shared.security.data_keys import SECRET_BYTES, DataKeys
from shared.security.fields import FieldProtection
from shared.security.key_vault import (
    DataKeysError,
    KeyStanding,
    SystemKeyring,
    Vault,
    fit_keyring,
    open_data_keys,
    standing,
    vault_for,
)
from shared.security.sm_algorithms import NONCE_BYTES

KEY_FILE = "identity.key"  # in the terminal's folder, where the system has no keyring


@dataclass(frozen=True, slots=True)
class KeysAtHand:
    """`protection` is None when the keys cannot be had; `problem` then says why, in a sentence without a secret."""

    protection: FieldProtection | None
    standing: KeyStanding | None
    problem: str = ""


def terminal_vault(folder: Path, terminal_id: str, keyring: SystemKeyring | None = None) -> Vault:
    """Where a terminal keeps its data keys; `keyring` is the system's own unless it is given."""
    path = folder / KEY_FILE
    return vault_for(path, terminal_id, keyring or (None if path.exists() else fit_keyring()))


def keys_at_hand(vault: Vault, used_versions: Collection[int]) -> KeysAtHand:
    """Opens the keys, or makes the first; `used_versions` are those that stored numbers need."""
    try:
        keys = open_data_keys(vault, used_versions, lambda: secrets.token_bytes(SECRET_BYTES))
    except DataKeysError as error:
        return KeysAtHand(None, None, str(error))
    return KeysAtHand(protection_with(keys), standing(vault, keys))


def protection_with(keys: DataKeys) -> FieldProtection:
    """Protects and reads fields with these keys and the system's randomness."""
    return FieldProtection(keys, lambda: secrets.token_bytes(NONCE_BYTES))
