"""Each region's own Han forms, found by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.printing.typefaces import FontMissingError, Style, typeface


@pytest.mark.parametrize("style", ["regular", "bold", "serif"])
@pytest.mark.parametrize(
    ("language", "region"), [("zh-Hans", "SC"), ("zh-Hant", "TC"), ("ja", "JP"), ("ko", "KR"), ("ru", "SC")]
)
def test_a_language_has_its_regions_face(language: str, region: str, style: Style) -> None:
    family, _ = typeface(language, style, 20).getname()
    assert family is not None
    assert family.startswith("Noto S")
    assert family.endswith(f"CJK {region}")


def test_the_same_character_differs_between_regions() -> None:
    drawn = {
        language: bytes(typeface(language, "bold", 40).getmask("骨直")) for language in ("zh-Hans", "ja", "zh-Hant")
    }
    assert len(set(drawn.values())) == 3


def test_a_missing_typeface_is_named_with_its_package(tmp_path: Path) -> None:
    with pytest.raises(FontMissingError, match=r"NotoSerifCJK-Bold\.ttc.*fonts-noto-cjk"):
        typeface("ja", "serif", 20, tmp_path)


def test_a_collection_without_the_region_is_named(tmp_path: Path) -> None:
    (tmp_path / "NotoSansCJK-Bold.ttc").write_bytes(b"not a font")
    with pytest.raises(FontMissingError, match="Noto Sans CJK JP"):
        typeface("ja", "bold", 20, tmp_path)
