"""The interface as its document says: whatever is sent, no fault of central's own and no answer of another form."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from requests import PreparedRequest
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from central.openapi import openapi_text
from shared.sync.signing import RequestSigner
from shared.wire.problem import MEDIA_TYPE
from tests.central.partner import Partner, join
from tests.central.postgres import PostgresServer
from tests.central.world import RunningCentral, Terminal, serve

SEED = int(os.environ["SHANMEN_SEED"])
EXAMPLES = int(os.environ.get("SHANMEN_SCHEMA_EXAMPLES", "5"))
DOCUMENT: dict[str, Any] = json.loads(openapi_text())
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = [(path, method) for path, methods in sorted(DOCUMENT["paths"].items()) for method in sorted(methods)]
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentral]:
    """One central for all operations: what one leaves behind is there for the others."""
    folder = tmp_path_factory.mktemp("central")
    if request.param == "sqlite":
        with serve(folder) as running:
            yield running
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database() as url, serve(folder, database=url) as running:
        yield running


@pytest.fixture(scope="module")
def callers(served: RunningCentral) -> tuple[Terminal, Partner]:
    return Terminal(served).enrol(mode="window"), join(served)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_the_document_says(
    served: RunningCentral, callers: tuple[Terminal, Partner], path: str, method: str
) -> None:
    print(f"SHANMEN_SEED={SEED} SHANMEN_SCHEMA_EXAMPLES={EXAMPLES}")  # noqa: T201
    operation = SCHEMA[path][method]
    kinds = [operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.one_of(*kinds))
    def ask(case: Case[Any]) -> None:
        request = prepared(case, served.url, callers)
        with requests.Session() as session:
            session.trust_env = False
            answer = session.send(request, timeout=20)
        case.validate_response(Response.from_requests(answer, verify=True), checks=CHECKS)
        assert answer.status_code < 400 or answer.headers["Content-Type"] == MEDIA_TYPE

    ask()


def prepared(case: Case[Any], url: str, callers: tuple[Terminal, Partner]) -> PreparedRequest:
    """The request with a genuine signature or key, so that it is not refused at the door."""
    terminal, partner = callers
    sent = case.as_transport_kwargs(base_url=url)
    sent.pop("timeout", None)
    request = requests.Request(**{k: v for k, v in sent.items() if k in _PARTS}).prepare()
    if case.path.startswith("/channel/"):
        request.headers["Authorization"] = f"Bearer {partner.key}"
        request.headers.setdefault("Idempotency-Key", secrets.token_hex(8))
        return request
    body = request.body if isinstance(request.body, bytes) else (request.body or "").encode()
    request.body = body or None
    RequestSigner(terminal.key, secrets.token_bytes).sign(request, body, terminal.central.clock.now())
    return request


_PARTS = {"method", "url", "headers", "files", "data", "json", "params", "cookies"}


def test_the_document_names_every_failure_a_problem() -> None:
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            assert list(operation["responses"]["default"]["content"]) == [MEDIA_TYPE]
