"""Data keys: versions, where they are kept, and that they are never made anew beside records that need the old."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.backends import SecretService

from shared.security.data_keys import SECRET_BYTES, DataKey, DataKeys
from shared.security.key_vault import (
    DataKeysError,
    KeyFileVault,
    KeyringVault,
    Vault,
    erase,
    fit_keyring,
    open_data_keys,
    rotate,
    standing,
    vault_for,
)
from tests.security.secret_service import Keeper, session_bus

SECRET = bytes(range(SECRET_BYTES))
OTHER = bytes(range(100, 100 + SECRET_BYTES))


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def keyring(tmp_path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService.Keyring]:
    """The system's keyring over a session bus of the test's own."""
    folder = tmp_path / "run"
    folder.mkdir()
    with session_bus(folder / "bus", keeper) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield SecretService.Keyring()  # type: ignore[no-untyped-call]
        gc.collect()  # the library leaves its connection open when it fails


@pytest.fixture(params=["keyring", "key_file"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    keyring = request.getfixturevalue("keyring") if request.param == "keyring" else None
    return vault_for(tmp_path / "keys" / "data-keys", "kiosk-1", keyring)


def test_the_first_key_is_made_once(vault: Vault) -> None:
    keys = open_data_keys(vault, (), lambda: SECRET)
    assert keys.versions == (1,)
    assert open_data_keys(vault, {1}, lambda: OTHER) == keys


def test_versions_are_rotated_and_erased_for_good(vault: Vault) -> None:
    keys = open_data_keys(vault, (), lambda: SECRET)
    keys = rotate(vault, keys, OTHER)
    assert open_data_keys(vault, (), bytes) == keys
    assert [key.secret for key in keys.keys] == [SECRET, OTHER]
    with pytest.raises(ValueError, match="rotate before"):
        erase(vault, keys, 2)
    keys = erase(vault, keys, 1)
    again = open_data_keys(vault, {1, 2}, bytes)
    assert again == keys
    assert again.find(1) is None
    assert rotate(vault, keys, SECRET).versions == (2, 3)
    assert SECRET.hex() not in repr(keys)


def test_keys_that_are_gone_are_not_made_anew_beside_their_records(vault: Vault) -> None:
    with pytest.raises(DataKeysError, match="not here"):
        open_data_keys(vault, {1}, lambda: SECRET)
    assert vault.read() is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"data_keys": {}}', '{"data_keys": {"1": "00"}}', '{"data_keys": 1}']
)
def test_damaged_keys_are_refused_and_kept_as_they_are(vault: Vault, text: str) -> None:
    vault.write(text)
    with pytest.raises(DataKeysError, match="damaged"):
        open_data_keys(vault, (), lambda: SECRET)
    assert vault.read() == text


def test_the_doctor_hears_that_a_key_file_is_degraded(tmp_path: Path, keyring: SecretService.Keyring) -> None:
    keys = DataKeys((DataKey(2, SECRET), DataKey(3, OTHER)))
    file = standing(KeyFileVault(tmp_path / "keys"), keys)
    assert (file.place, file.degraded, file.newest, file.versions) == ("key_file", True, 3, (2, 3))
    assert not standing(KeyringVault(keyring, "kiosk-1"), keys).degraded


def fails_locked(keeper: Keeper) -> None:
    keeper.locked = True


def fails_away(keeper: Keeper) -> None:
    keeper.away = True


def fails_hanging_up(keeper: Keeper) -> None:
    keeper.hangs_up = True


# The library leaves its connection to the bus open when it fails.
@pytest.mark.filterwarnings("ignore:.*socket.socket:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("fails", [fails_locked, fails_away, fails_hanging_up])
def test_a_keyring_that_fails_is_said_and_leads_to_no_other_keys(
    tmp_path: Path, keyring: SecretService.Keyring, keeper: Keeper, fails: Callable[[Keeper], None]
) -> None:
    vault = vault_for(tmp_path / "keys", "kiosk-1", keyring)
    keys = open_data_keys(vault, (), lambda: SECRET)
    kept = dict(keeper.items)
    fails(keeper)
    with pytest.raises(DataKeysError, match="keyring does not answer"):
        open_data_keys(vault, (), lambda: OTHER)
    with pytest.raises(DataKeysError, match="keyring keeps nothing"):
        rotate(vault, keys, OTHER)
    assert keeper.items == kept


def test_terminals_of_one_user_keep_their_keys_apart(tmp_path: Path, keyring: SecretService.Keyring) -> None:
    one, other = (vault_for(tmp_path / "keys", name, keyring) for name in ("kiosk-1", "kiosk-2"))
    open_data_keys(one, (), lambda: SECRET)
    assert open_data_keys(other, (), lambda: OTHER).newest.secret == OTHER
    assert open_data_keys(one, (), lambda: OTHER).newest.secret == SECRET


def test_a_key_file_is_used_as_long_as_it_is_there(tmp_path: Path, keyring: SecretService.Keyring) -> None:
    path = tmp_path / "keys"
    open_data_keys(vault_for(path, "kiosk-1", None), (), lambda: SECRET)
    assert isinstance(vault_for(path, "kiosk-1", keyring), KeyFileVault)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    vault = KeyFileVault(tmp_path / "keys")
    open_data_keys(vault, (), lambda: SECRET)
    assert vault.path.stat().st_mode & 0o777 == 0o600
    vault.path.chmod(0o640)
    with pytest.raises(DataKeysError, match="0600"):
        open_data_keys(vault, (), lambda: OTHER)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the old file is not overwritten")
def test_an_erased_key_is_not_left_in_the_old_file(tmp_path: Path) -> None:
    vault = KeyFileVault(tmp_path / "keys")
    keys = rotate(vault, open_data_keys(vault, (), lambda: SECRET), OTHER)
    with vault.path.open("rb") as old:
        erase(vault, keys, 1)
        assert set(old.read()) == {0}
    assert SECRET.hex() not in vault.path.read_text("ascii")
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataKeysError, match="cannot be written"):
        open_data_keys(KeyFileVault(tmp_path / "file" / "keys"), (), lambda: SECRET)


def test_a_keyring_of_the_system_is_fit_or_none() -> None:
    found = fit_keyring()
    assert found is None or found.priority >= 1


def test_data_keys_are_whole_and_in_order() -> None:
    with pytest.raises(ValueError, match="bytes"):
        DataKey(1, b"short")
    with pytest.raises(ValueError, match="rising"):
        DataKeys((DataKey(2, SECRET), DataKey(1, SECRET)))
    with pytest.raises(ValueError, match="rising"):
        DataKeys(())
