"""Money, places and serials are conserved over any history: sales, refunds, paper, leases, clocks, restarts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from drivers.printer.typeface import find_typeface
from tests.crash.providers import PROVIDERS
from tests.crash.sampling import everything
from tests.machine.sale_machine import Outside, SaleMachine

FEW = settings(
    max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
MANY = settings(FEW, max_examples=150, stateful_step_count=25)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    provider = PROVIDERS["wechat"]
    with provider.open(tmp_path) as gateway:
        yield Outside(gateway, provider.driver({**gateway.settings(), "timeout_seconds": 3.0}), find_typeface())


@pytest.mark.crash
@pytest.mark.timeout(900)
def test_any_history_conserves_money_places_and_serials(outside: Outside) -> None:
    class Here(SaleMachine):
        def __init__(self) -> None:
            super().__init__(outside)

    run_state_machine_as_test(Here, settings=MANY if everything() else FEW)
