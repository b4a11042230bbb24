"""Where the data keys are kept: the operating system's keyring, else a key file of mode 0600, which is degraded.

A key file lies on the disk that it protects: it keeps other users out, but not who takes the disk away.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from keyring.backend import KeyringBackend, get_all_keyring
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError

from shared.security.data_keys import DataKey, DataKeys
from shared.security.private_file import KeyFileError, read_private, replace_private

if sys.platform == "linux":
    from jeepney import DBusErrorResponse  # type: ignore[import-untyped]
    from secretstorage.exceptions import SecretStorageException

    # The library lets its own library's errors through, and those of the bus.
    _FAILURES = (KeyringError, OSError, SecretStorageException, DBusErrorResponse)
else:
    _FAILURES = (KeyringError, OSError)

_SERVICE = "shanmen"
_FIT = 1  # the priority from which the library recommends a backend; below stand plain files and none at all

Place = Literal["keyring", "key_file"]


class DataKeysError(Exception):
    """The surroundings do not give the data keys out: a locked keyring, a damaged file, keys that are gone."""


class SystemKeyring(Protocol):
    """What is used of a keyring backend. Both raise what the backend's own library does."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


class Vault(Protocol):
    """Keeps one text. Both raise DataKeysError."""

    @property
    def place(self) -> Place: ...

    def read(self) -> str | None:
        """None when nothing was ever kept."""
        ...

    def write(self, text: str) -> None:
        """Replaces what was kept, durably and in one step."""
        ...


@dataclass(frozen=True, slots=True)
class KeyringVault:
    """In the operating system's keyring, under the terminal's name. May wait while the system asks to unlock it."""

    keyring: SystemKeyring
    terminal_id: str
    place: Literal["keyring"] = "keyring"

    def read(self) -> str | None:
        try:
            return self.keyring.get_password(_SERVICE, self.terminal_id)
        except _FAILURES as error:
            raise DataKeysError(f"the system's keyring does not answer: {type(error).__name__}") from error

    def write(self, text: str) -> None:
        try:
            self.keyring.set_password(_SERVICE, self.terminal_id, text)
        except _FAILURES as error:
            raise DataKeysError(f"the system's keyring keeps nothing: {type(error).__name__}") from error


@dataclass(frozen=True, slots=True)
class KeyFileVault:
    """In a file that only its owner reads."""

    path: Path
    place: Literal["key_file"] = "key_file"

    def read(self) -> str | None:
        if not self.path.exists():
            return None
        try:
            return read_private(self.path)
        except KeyFileError as error:
            raise DataKeysError(str(error)) from error

    def write(self, text: str) -> None:
        try:
            replace_private(self.path, text)
        except OSError as error:
            raise DataKeysError(f"{self.path}: cannot be written: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """How the data keys are kept, for the doctor."""

    place: Place
    newest: int
    versions: tuple[int, ...]

    @property
    def degraded(self) -> bool:
        return self.place == "key_file"


def fit_keyring() -> KeyringBackend | None:
    """The best keyring of this system; None when it has none that is fit for keys."""
    fit = [k for k in get_all_keyring() if not isinstance(k, ChainerBackend) and k.priority >= _FIT]
    return max(fit, key=lambda k: k.priority, default=None)


def vault_for(path: Path, terminal_id: str, keyring: SystemKeyring | None) -> Vault:
    """The key file where one is, else the keyring where there is one, else a key file to be made."""
    if keyring is None or path.exists():
        return KeyFileVault(path)
    return KeyringVault(keyring, terminal_id)


def open_data_keys(vault: Vault, used_versions: Collection[int], fresh_secret: Callable[[], bytes]) -> DataKeys:
    """The kept keys; the first one is made where nothing was ever kept and no record needs a key.

    Raises DataKeysError when they cannot be had, or are gone while records under `used_versions` remain: new keys
    beside those would let a person buy twice in a day.
    """
    text = vault.read()
    if text is not None:
        return _parsed(text)
    if used_versions:
        raise DataKeysError("records are protected by data keys that are not here: is the keyring another one?")
    keys = DataKeys((DataKey(1, fresh_secret()),))
    vault.write(keys.to_json())
    return keys


def rotate(vault: Vault, keys: DataKeys, secret: bytes) -> DataKeys:
    """Keeps a new version, which protects from now on. Raises DataKeysError."""
    return _kept(vault, keys.rotated(secret))


def erase(vault: Vault, keys: DataKeys, version: int) -> DataKeys:
    """Forgets a version for good. Raises DataKeysError; ValueError for the newest."""
    return _kept(vault, keys.without(version))


def standing(vault: Vault, keys: DataKeys) -> KeyStanding:
    """For the doctor."""
    return KeyStanding(vault.place, keys.newest.version, keys.versions)


def _kept(vault: Vault, keys: DataKeys) -> DataKeys:
    vault.write(keys.to_json())
    return keys


def _parsed(text: str) -> DataKeys:
    try:
        return DataKeys.from_json(text)
    except ValueError as error:
        raise DataKeysError("what is kept in place of the data keys is damaged") from error
