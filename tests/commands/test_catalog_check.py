"""`shanmen catalog check FILE` lists every mistake with its line; the demo area's own files have none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import assets
from shanmen.catalog import app
from shared.catalogue_files import load_catalog, load_price_list, read_document
from shared.domain.text import LANGUAGES
from shared.toml_places import line_of

DEMO = Path(assets.__file__).parent / "demo"


def check(*words: str) -> Result:
    return CliRunner().invoke(app, ["check", *words], env={"COLUMNS": "200"})


@pytest.mark.parametrize("name", ["catalog.toml", "prices.toml"])
def test_the_demo_area_has_no_mistakes(name: str) -> None:
    shown = check(str(DEMO / name))
    assert (shown.exit_code, "No mistakes." in shown.output) == (0, True)


def test_every_text_of_the_demo_area_is_in_every_language() -> None:
    for name in ("catalog.toml", "prices.toml"):
        for place, texts in texts_of(read_document(DEMO / name)):
            assert sorted(texts) == sorted(LANGUAGES), place
            assert all(text.strip() == text != "" for text in texts.values()), place


def texts_of(value: object, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, dict):
        if "zh-Hans" in value or "en" in value:
            yield place, value
        for key, item in value.items():
            yield from texts_of(item, f"{place}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_of(item, f"{place}[{index}]")


def test_every_picture_of_the_demo_area_is_named_and_every_product_has_a_price() -> None:
    catalog = load_catalog(DEMO / "catalog.toml")
    prices = load_price_list(DEMO / "prices.toml", catalog)
    assert all(product.picture.endswith(".svg") for product in catalog.products)
    bases = {product for rule in prices.rules if rule.stage == "base" for product in rule.when.products}
    assert {product.product_id for product in catalog.products} - bases == {"summit"}  # a combination of others


def test_mistakes_are_listed_with_their_lines(tmp_path: Path) -> None:
    text = (DEMO / "catalog.toml").read_text(encoding="utf-8")
    wrong = text.replace("code = 2\n", 'code = 0\ncolor = "red"\n').replace('ru = "Студент"', "ru = 5")
    file = tmp_path / "catalog.toml"
    file.write_text(wrong, encoding="utf-8")
    lines = wrong.splitlines()
    shown = check(str(file))
    assert shown.exit_code == 1
    assert shown.output.splitlines() == [
        f"{file}:{lines.index('ru = 5') + 1} categories[3].name.ru: must be a text, is a whole number",
        f"{file}:{lines.index('code = 0') + 1} products[1].code: must be 1..65535, is 0",
        f"{file}:{lines.index('code = 0') + 2} products[1].color: is not a known key here",
        "3 mistakes.",
    ]


def test_a_price_list_is_checked_against_its_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    text = (DEMO / "prices.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('products = ["sunrise"]', 'products = ["sunset"]'), encoding="utf-8")
    shown = check(str(file), "--catalog", str(DEMO / "catalog.toml"))
    assert shown.exit_code == 1
    assert shown.output.count("there is no product 'sunset'") == 2


def test_what_is_no_toml_is_one_mistake(tmp_path: Path) -> None:
    file = tmp_path / "catalog.toml"
    file.write_text("version = \n", encoding="utf-8")
    shown = check(str(file))
    assert (shown.exit_code, "at line 1" in shown.output, "1 mistake." in shown.output) == (1, True, True)


def test_a_file_that_cannot_be_read_is_exit_2(tmp_path: Path) -> None:
    shown = check(str(tmp_path / "none.toml"))
    assert (shown.exit_code, shown.stderr.startswith("shanmen: ")) == (2, True)


def test_places_are_found_in_nested_arrays_of_tables() -> None:
    text = "[a]\nx = 1\n[[b]]\ny = 1\n[[b.c]]\n[[b.c]]\nz = { w = 1 }\n[b.d]\n[[b]]\n[[b.c]]\nz.w = 2\n"
    found = {
        ("a", "x"): 2,
        ("b", 0, "y"): 4,
        ("b", 0, "c", 1, "z", "w"): 7,
        ("b", 0, "d"): 8,
        ("b", 1): 9,
        ("b", 1, "c", 0, "z", "w"): 11,
        ("b", 1, "missing"): 9,
        ("nowhere",): None,
    }
    assert {place: line_of(text, place) for place in found} == found
