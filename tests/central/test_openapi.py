from __future__ import annotations

from pathlib import Path

from central.openapi import openapi_text

CHECKED_IN = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_checked_in_document_is_the_interface() -> None:
    assert CHECKED_IN.read_text("utf-8") == openapi_text(), "run: python -m central.openapi > docs/openapi.json"
