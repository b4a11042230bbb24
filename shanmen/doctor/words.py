"""What the doctor says around its findings, in the installer's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from shared.domain.text import LocalText

LANGUAGES = ("en", "zh-Hans")


def say(group: str, name: str, language: str, **fields: str) -> str:
    """A text of words.toml. Raises KeyError for one that is not there: our own mistake."""
    text = texts()[group][name].in_language(language)
    for key, value in fields.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def device_title(device: str, language: str) -> str:
    """A device's name for people; its name in the settings where no better one is known."""
    known = texts()["device"]
    name = device or "machine"
    return known[name].in_language(language) if name in known else name


@cache
def texts() -> Mapping[str, Mapping[str, LocalText]]:
    """Every text by its group and name."""
    document = tomllib.loads(resources.files("shanmen.doctor").joinpath("words.toml").read_text("utf-8"))
    return {group: {name: LocalText(text) for name, text in names.items()} for group, names in document.items()}
