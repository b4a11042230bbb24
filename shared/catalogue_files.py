"""Catalogue and price list as TOML files. The domain reads documents; this is where they come from disk."""

from __future__ import annotations

import tomllib
from pathlib import Path

from shared.domain.catalog import Catalog, catalog_from_document
from shared.domain.document import DocumentError, Mistake
from shared.domain.pricing import PriceList, price_list_from_document
from shared.settings import SettingsError


def load_catalog(path: Path) -> Catalog:
    """The catalogue of a TOML file. Raises DocumentError with every mistake, OSError when it cannot be read."""
    return catalog_from_document(read_document(path))


def declared_catalog(path: Path) -> Catalog:
    """The catalogue that an installer or a command names. Raises SettingsError, one sentence, if it cannot be used."""
    try:
        return load_catalog(path)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except DocumentError as error:
        raise SettingsError(f"{path}: {error}") from error


def load_price_list(path: Path, catalog: Catalog) -> PriceList:
    """The price list of a TOML file, for a catalogue. Raises DocumentError with every mistake, and OSError."""
    return price_list_from_document(read_document(path), catalog)


def read_document(path: Path) -> dict[str, object]:
    """A TOML file as it stands. Raises DocumentError where it is not TOML, OSError when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError([Mistake((), str(error))]) from error
