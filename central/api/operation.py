"""What watches over central asks: its figures."""

from __future__ import annotations

import hmac
from typing import Annotated, cast

from fastapi import APIRouter, Header, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from central.api.calling import ServiceDep
from central.operation.metrics import Metrics
from central.refusal import RefusalError
from shared.wire.problem import Problem

router = APIRouter()
_SCHEME = "Bearer "


@router.get("/metrics", response_class=PlainTextResponse)
def read_metrics(
    central: ServiceDep, request: Request, authorization: Annotated[str, Header()] = ""
) -> PlainTextResponse:
    """Prometheus' text format. With `metrics_token` in the settings only for who brings it as a bearer token."""
    token = central.settings.metrics_token
    if token and not hmac.compare_digest(authorization.encode(), (_SCHEME + token.get_secret_value()).encode()):
        raise RefusalError(Problem.KEY_REFUSED)
    metrics = cast(Metrics, request.app.state.metrics)
    return PlainTextResponse(metrics.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)
