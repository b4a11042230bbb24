"""A box office's settings: what is wrong is told in one sentence that names the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice.app import read_knowledge
from boxoffice.settings import BoxOfficeSettings
from shared.settings import SettingsError, read_settings
from tests.boxoffice.desk import CATALOG_FILE, KNOWLEDGE, RING


def settings_file(folder: Path, keys: str = "keys.json", catalog: str = str(CATALOG_FILE), more: str = "") -> Path:
    (folder / "keys.json").write_text(RING.to_json(), "utf-8")
    path = folder / "boxoffice.toml"
    path.write_text(f'{more}\n[ticket_check]\nkeys = "{folder / keys}"\ncatalog = "{catalog}"\n', "utf-8")
    return path


def test_a_box_office_knows_its_keys_and_products(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path), BoxOfficeSettings)
    assert settings.desk.language == "zh-Hans"
    assert read_knowledge(settings.ticket_check) == KNOWLEDGE


@pytest.mark.parametrize(
    ("more", "key"), [("[desk]\nlanguage = 'xx'", r"desk\.language"), ("[dekk]\nlanguage = 'en'", "dekk: no such key")]
)
def test_a_mistake_in_the_file_names_its_key(tmp_path: Path, more: str, key: str) -> None:
    with pytest.raises(SettingsError, match=key):
        read_settings(settings_file(tmp_path, more=more), BoxOfficeSettings)


def test_missing_keys_are_named(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path, keys="nowhere.json"), BoxOfficeSettings)
    with pytest.raises(SettingsError, match=r"ticket_check\.keys: .*nowhere\.json: cannot be read"):
        read_knowledge(settings.ticket_check)


def test_a_file_that_is_no_key_ring_is_named(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path, keys="boxoffice.toml"), BoxOfficeSettings)
    with pytest.raises(SettingsError, match=r"ticket_check\.keys: .*not a key ring"):
        read_knowledge(settings.ticket_check)


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path, catalog="/nowhere/catalog.toml"), BoxOfficeSettings)
    with pytest.raises(SettingsError, match=r"ticket_check\.catalog: .*cannot be read"):
        read_knowledge(settings.ticket_check)


def test_a_catalogue_with_a_mistake_is_named(tmp_path: Path) -> None:
    path = settings_file(tmp_path)
    settings = read_settings(settings_file(tmp_path, catalog=str(path)), BoxOfficeSettings)
    with pytest.raises(SettingsError, match=r"^ticket_check\.catalog: [^\n]+$"):
        read_knowledge(settings.ticket_check)
