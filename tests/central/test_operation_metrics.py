"""The figures at /metrics, as Prometheus' own parser reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from central.openapi import openapi_text
from shared.wire.problem import Problem
from tests.central.test_fleet import beat
from tests.central.world import RunningCentral, Terminal, problem, send, serve

LOW = {"name": "roll", "supply": "paper", "state": "low"}


def ask(central: RunningCentral, token: str = "") -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return send(requests.Request("GET", central.url + "/metrics", headers=headers).prepare())


def figures(central: RunningCentral) -> Mapping[tuple[str, str], float]:
    """By sample name and the values of its labels."""
    families = text_string_to_metric_families(ask(central).text)
    samples = [sample for family in families for sample in family.samples]
    return {
        (sample.name, " ".join(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for sample in samples
    }


def test_the_fleet_and_the_requests_are_counted(central: RunningCentral) -> None:
    kiosk = Terminal(central).enrol()
    Terminal(central).enrol()
    beat(kiosk, levels=[LOW])
    found = figures(central)
    assert found["shanmen_terminals", "yes"] == 1
    assert found["shanmen_terminals", "no"] == 1
    assert found["shanmen_alarms_open", "paper"] == 1
    assert found["shanmen_exceptions_open", ""] == 0
    assert found["shanmen_request_seconds_count", "POST /v1/heartbeat 200"] == 1


def test_an_address_never_becomes_a_label(central: RunningCentral) -> None:
    kiosk = Terminal(central).enrol()
    kiosk.call("GET", "/v1/tickets/" + "ab" * 16)
    kiosk.call("GET", "/secret-code-of-a-visitor")
    text = ask(central).text
    assert "abab" not in text
    assert "secret" not in text
    assert 'route="/v1/tickets/{ticket_id}"' in text


def test_with_a_token_only_its_bearer_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANMEN_CENTRAL_METRICS_TOKEN", "s3cret-of-the-scraper")
    with serve(tmp_path) as running:
        assert problem(ask(running)) == Problem.KEY_REFUSED.number
        assert problem(ask(running, "s3cret")) == Problem.KEY_REFUSED.number
        assert ask(running, "s3cret-of-the-scraper").status_code == 200
    assert "/metrics" in openapi_text()
