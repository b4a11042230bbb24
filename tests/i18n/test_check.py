"""No text of the code is missing, fuzzy or left over in any language; and the check would notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from i18n import check
from i18n.languages import COMPLETE


@pytest.fixture(scope="module")
def source() -> Catalog:
    return check.extracted()


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_said(source: Catalog, language: str) -> None:
    assert list(check.complaints(source, language)) == []


def test_a_new_text_a_lost_field_and_a_leftover_are_noticed(source: Catalog, tmp_path: Path) -> None:
    package = tmp_path / "kiosk"
    package.mkdir()
    (package / "page.py").write_text(
        'say.gettext("Entirely new")\nsay.gettext("Help")\nsay.gettext("Pay {sum}")\n', encoding="utf-8"
    )
    found = list(check.complaints(check.extracted(tmp_path), "ja"))
    assert "ja: missing: 'Entirely new'" in found
    assert "ja: missing: 'Pay {sum}'" in found
    assert any(complaint.startswith("ja: unused:") for complaint in found)
    assert not any("'Help'" in complaint for complaint in found)
    assert len(source) > len(check.extracted(tmp_path))
