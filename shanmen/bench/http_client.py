"""Asking a bench that runs in another process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests

from shanmen.bench.action import NonsenseError

_SECONDS = 35.0  # a slow line may hold an action back


class BenchClient:
    """One bench, found by its port on this machine. Every call raises NonsenseError with what is wrong."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"

    def perform(self, words: Sequence[str]) -> str:
        """What happened."""
        return str(self._ask("POST", "/", {"words": list(words)}).json()["said"])

    def devices(self) -> list[dict[str, Any]]:
        """The table of actions with what every device shows."""
        return list(self._ask("GET", "/").json()["devices"])

    def save_sheets(self, folder: Path) -> list[Path]:
        """Writes every sheet that came out as `DEVICE-N.png`; returns the files."""
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for sheet in self._ask("GET", "/sheets").json()["sheets"]:
            file = folder / f"{sheet['device']}-{sheet['number']}.png"
            file.write_bytes(self._ask("GET", f"/sheets/{sheet['number']}").content)
            files.append(file)
        return files

    def _ask(self, method: str, path: str, body: object = None) -> requests.Response:
        try:
            answer = requests.request(method, self._url + path, json=body, timeout=_SECONDS)
        except requests.RequestException as error:
            raise NonsenseError(f"No bench answers at {self._url}: start one by `shanmen emulators --http`.") from error
        if answer.ok:
            return answer
        try:
            wrong = str(answer.json()["wrong"])
        except (ValueError, KeyError, TypeError):
            wrong = f"{self._url} is no bench: it answers {answer.status_code}."
        raise NonsenseError(wrong)
