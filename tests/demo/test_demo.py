"""`make demo` without a display: two visitors, one of them while the line is cut, and everything that comes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

DEMO_SECONDS = 170


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one whole demonstration, played in a process of its own."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    environment = {**os.environ, "HEADLESS": "1"}
    command = [sys.executable, "-m", "shanmen", "demo", "--out", str(folder)]
    played = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=DEMO_SECONDS, check=False)
    assert played.returncode == 0, played.stdout + played.stderr
    return folder


@pytest.fixture(scope="module")
def summary(out: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((out / "summary.json").read_text())
    return content


@pytest.mark.timeout(DEMO_SECONDS + 20)
def test_both_visitors_have_their_tickets_and_central_has_both_sales_once(summary: dict[str, Any]) -> None:
    first, second = summary["sales"]
    assert (first["language"], first["offline"], len(first["tickets"]), first["total_minor"]) == ("en", False, 3, 15000)
    assert (second["language"], second["offline"], len(second["tickets"])) == ("ja", True, 2)
    assert summary["central"] == {
        "sales": 2,
        "tickets": 5,
        "total_minor": first["total_minor"] + second["total_minor"],
    }
    assert {ticket["print"] for sale in summary["sales"] for ticket in sale["tickets"]} == {"printed"}
    assert len({ticket["ticket_id"] for sale in summary["sales"] for ticket in sale["tickets"]}) == 5


@pytest.mark.timeout(DEMO_SECONDS + 20)
def test_the_code_on_each_printed_sheet_is_the_ticket_that_was_sold(out: Path, summary: dict[str, Any]) -> None:
    sold = [ticket["qr"] for sale in summary["sales"] for ticket in sale["tickets"]]
    for number, code in enumerate(sold, 1):
        with Image.open(out / f"ticket-{number}.png") as picture:
            (read,) = zxingcpp.read_barcodes(picture)
        assert read.text == code
        assert (out / f"ticket-{number}.escpos").stat().st_size > 1000


@pytest.mark.timeout(DEMO_SECONDS + 20)
def test_every_screen_of_both_journeys_is_a_numbered_picture_of_the_declared_size(out: Path) -> None:
    screens = sorted(out.glob("[0-9][0-9]-*.png"))
    assert [int(path.name[:2]) for path in screens] == list(range(1, len(screens) + 1))
    seen = {path.stem[3:] for path in screens}
    assert {"welcome", "who", "when", "review", "pay", "paying", "printing-1", "take", "window-only"} <= seen
    for path in screens:
        with Image.open(path) as picture:
            assert picture.size == (1080, 1920)


@pytest.mark.timeout(DEMO_SECONDS + 20)
@pytest.mark.parametrize(("spoil", "status"), [(False, 0), (True, 1)])
def test_a_ticket_is_checked_from_the_public_keys_alone(
    out: Path, summary: dict[str, Any], spoil: bool, status: int
) -> None:
    code = summary["sales"][0]["tickets"][0]["qr"]
    shown = ("A" if code[20] != "A" else "B").join((code[:20], code[21:])) if spoil else code
    command = [sys.executable, "-m", "shanmen", "verify-ticket", shown, "--keys", str(out / "keys.json")]
    checked = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert checked.returncode == status, checked.stdout + checked.stderr
