"""Every failure as a problem document (RFC 9457), whoever noticed it."""

from __future__ import annotations

from typing import cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from central.refusal import RefusalError
from central.storage.database import BusyError, UnavailableError
from shared.wire.problem import MEDIA_TYPE, FieldFault, Problem, ProblemDocument

log = structlog.get_logger()
_BY_STATUS = {
    404: Problem.NOT_FOUND,
    405: Problem.METHOD_NOT_ALLOWED,
    413: Problem.TOO_LARGE,
    503: Problem.NOT_READY,
}
_MOST_FAULTS = 20
_WAIT_WHEN_BUSY_S = "2"


def answer_with_problems(app: FastAPI) -> None:
    """Registers the handlers."""
    app.add_exception_handler(RefusalError, _refusal)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(BusyError, _busy)
    app.add_exception_handler(UnavailableError, _unavailable)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(Exception, _internal)


def problem_response(document: ProblemDocument, headers: dict[str, str] | None = None) -> Response:
    """The document with its status and media type."""
    body = document.model_dump_json(exclude_none=True)
    return Response(body, status_code=document.status, media_type=MEDIA_TYPE, headers=headers)


async def _refusal(_request: Request, error: Exception) -> Response:
    refusal = cast(RefusalError, error)  # registered for it alone, as are the others
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after is not None else None
    return problem_response(refusal.document, headers)


async def _invalid(_request: Request, error: Exception) -> Response:
    faults = [
        FieldFault(field=".".join(str(part) for part in fault["loc"]), message=fault["msg"])
        for fault in cast(RequestValidationError, error).errors()[:_MOST_FAULTS]
    ]
    return problem_response(ProblemDocument.of(Problem.INVALID, errors=faults))


async def _http(_request: Request, error: Exception) -> Response:
    failure = cast(HTTPException, error)
    problem = _BY_STATUS.get(failure.status_code, Problem.BAD_REQUEST)
    return problem_response(ProblemDocument.of(problem), dict(failure.headers or {}))


async def _busy(_request: Request, _error: Exception) -> Response:
    return problem_response(ProblemDocument.of(Problem.BUSY), {"Retry-After": _WAIT_WHEN_BUSY_S})


async def _unavailable(_request: Request, _error: Exception) -> Response:
    problem = ProblemDocument.of(Problem.NOT_READY, "the database does not answer")
    return problem_response(problem, {"Retry-After": _WAIT_WHEN_BUSY_S})


async def _unstorable(request: Request, error: Exception) -> Response:
    """A value of the agreed form that no table takes, such as a text with a NUL character."""
    log.warning("value_not_storable", path=request.url.path, error=type(error).__name__)
    return problem_response(ProblemDocument.of(Problem.INVALID, "a value cannot be kept"))


async def _internal(request: Request, error: Exception) -> Response:
    log.error("request_failed", path=request.url.path, method=request.method, exc_info=error)
    return problem_response(ProblemDocument.of(Problem.INTERNAL))
