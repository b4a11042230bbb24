"""The OpenAPI document of the interface, as it is checked in: `python -m central.openapi > docs/openapi.json`."""

from __future__ import annotations

import json
import sys
from typing import Any

from central.api.application import build_api
from shared.wire.problem import MEDIA_TYPE


def openapi_text() -> str:
    """The document as text, the same on every machine."""
    return json.dumps(_document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _document() -> dict[str, Any]:
    """FastAPI's own, corrected where it cannot know that every failure is a problem document."""
    document = build_api().openapi()
    for operations in document["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            responses.pop("422", None)
            (problem,) = responses["default"]["content"].values()
            responses["default"]["content"] = {MEDIA_TYPE: problem}
    for unused in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(unused, None)
    return document


if __name__ == "__main__":
    sys.stdout.write(openapi_text())
