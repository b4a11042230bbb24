"""What the site sells, as central publishes it: the catalogue and the price list with their documents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from central.settings import ConfigurationError
from shared.domain.catalog import Catalog, catalog_from_document, catalog_to_document
from shared.domain.document import DocumentError
from shared.domain.pricing import PriceList, price_list_from_document, price_list_to_document


@dataclass(frozen=True)
class Area:
    """A catalogue and a price list. The documents are JSON values, as the feed carries them."""

    catalog: Catalog
    catalogue_document: Mapping[str, object]
    price_version: str
    price_document: Mapping[str, object]
    price_list: PriceList | None = None  # None: nothing can be sold to channels


def load_area(folder: Path) -> Area:
    """Reads `catalog.toml` and `prices.toml` of a site's folder. Raises ConfigurationError naming file and fault."""
    catalogue, prices = folder / "catalog.toml", folder / "prices.toml"
    try:
        place = catalogue
        catalog = catalog_from_document(_toml(catalogue))
        place = prices
        price_list = price_list_from_document(_toml(prices), catalog)
    except DocumentError as error:
        raise ConfigurationError(f"{place}: {error}") from error
    return Area(
        catalog, catalog_to_document(catalog), price_list.version, price_list_to_document(price_list), price_list
    )


def _toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read") from error
    except ValueError as error:  # not TOML, or not UTF-8
        raise ConfigurationError(f"{path}: {error}") from error
