"""A whole kiosk beside its emulated surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from central.app import create_enrolment_code
from central.settings import load_settings
from kiosk.app import Kiosk
from shanmen.demo.world import World, central_settings, demonstration
from shanmen.enrolment import enrol_terminal
from shared.system_clock import SystemClock


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The surroundings of an enrolled kiosk."""
    with demonstration(tmp_path / "world", datetime.now(UTC), 0.5) as opened:
        code = create_enrolment_code(load_settings(central_settings(opened.folder)))
        enrol_terminal(opened.settings, code, SystemClock(opened.offset))
        yield opened


@pytest.fixture
def kiosk(qapp: QApplication, world: World) -> Iterator[Kiosk]:
    """Started, and shown offscreen."""
    opened = Kiosk(world.settings, SystemClock(world.offset), lambda: None)
    opened.stage.resize(world.settings.screen.width_px, world.settings.screen.height_px)
    opened.stage.show()
    opened.start()
    yield opened
    opened.close()
