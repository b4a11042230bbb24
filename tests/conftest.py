"""What every test runs under: no display, one locale, and no thread left behind."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANG"] = "C.UTF-8"
# Of everything that tests take at random; test processes inherit it from the one that started them.
os.environ.setdefault("SHANMEN_SEED", str(secrets.randbelow(1_000_000)))

# How long a thread that was told to stop may take, in seconds.
_GRACE = 3.0


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "crash: processes are killed; all of it by `make crashtest`, else a sample")


def pytest_report_header() -> str:
    return f"samples: SHANMEN_SEED={os.environ['SHANMEN_SEED']}"


@pytest.fixture(autouse=True)
def no_thread_left_over() -> Iterator[None]:
    """Fails the test that leaves a thread running which it (or a fixture it asked for) started."""
    before = set(threading.enumerate())
    yield
    left = _left_over(before)
    assert not left, f"threads left over: {sorted(thread.name for thread in left)}"


def _left_over(before: set[threading.Thread]) -> set[threading.Thread]:
    deadline = time.monotonic() + _GRACE
    while left := {thread for thread in threading.enumerate() if thread.is_alive()} - before:
        if time.monotonic() > deadline:
            break
        time.sleep(0.01)
    return left
