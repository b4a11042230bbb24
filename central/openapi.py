"""The OpenAPI document of the interface, as it is checked in: `python -m central.openapi > docs/openapi.json`."""

from __future__ import annotations

import json
import sys

from central.api.application import build_api


def openapi_text() -> str:
    """The document as text, the same on every machine."""
    return json.dumps(build_api().openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(openapi_text())
