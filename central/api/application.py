"""The FastAPI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from central.api import (
    about,
    bookings,
    channel,
    enrolments,
    events,
    feed,
    fleet,
    gates,
    leases,
    operation,
    reports,
    supervision,
)
from central.api.channel_calling import door_of
from central.api.envelope import SizeLimit, TimeStamp
from central.api.problems import answer_with_problems
from central.area import Area, load_area
from central.channels.postman import Postman
from central.feed.projector import Projector
from central.operation.metrics import Measured, Metrics
from central.operation.night_watch import NightWatch
from central.service import Central, open_central
from central.settings import CentralSettings
from shared.domain.clock import Clock
from shared.security.keys import SigningKey
from shared.wire.base import API_VERSION
from shared.wire.problem import ProblemDocument

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    settings: CentralSettings,
    clock: Clock,
    key: SigningKey,
    ids: Callable[[int], bytes],
    area: Area | None = None,
) -> FastAPI:
    """Central as an ASGI application; `area` None: read from `settings.site` (raises ConfigurationError).

    The database is opened when the application starts and closed when it ends.
    """
    selling = area or load_area(settings.site)
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        central = await run_in_threadpool(open_central, settings, selling, clock, key, ids)
        metrics.bind(central)
        try:
            async with _projecting(central) as projector, _telling(central), _backing_up(central):
                app.state.central, app.state.projector, app.state.door = central, projector, door_of(central)
                yield
        finally:
            central.database.close()

    app = build_api(lifespan)
    app.add_middleware(SizeLimit)
    app.add_middleware(TimeStamp, clock=clock)
    app.add_middleware(Measured, metrics=metrics)
    app.state.metrics = metrics
    return app


@asynccontextmanager
async def _projecting(central: Central) -> AsyncIterator[Projector]:
    projector = Projector(central)
    await run_in_threadpool(projector.start)
    try:
        yield projector
    finally:
        await run_in_threadpool(projector.stop)


@asynccontextmanager
async def _telling(central: Central) -> AsyncIterator[None]:
    postman = Postman(central)
    postman.start()
    try:
        yield
    finally:
        await run_in_threadpool(postman.stop)


@asynccontextmanager
async def _backing_up(central: Central) -> AsyncIterator[None]:
    watch = NightWatch(central)
    watch.start()
    try:
        yield
    finally:
        await run_in_threadpool(watch.stop)


def build_api(lifespan: Lifespan | None = None) -> FastAPI:
    """The routes without a service behind them: what the OpenAPI document is made from."""
    app = FastAPI(
        title="Shanmen central",
        version=str(API_VERSION),
        description="What terminals settle with. Requests of a terminal are signed (RFC 9421, tag `shanmen-1`).",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses={"default": {"description": "A problem document", "model": ProblemDocument}},
    )
    for module in (
        about,
        enrolments,
        leases,
        events,
        feed,
        supervision,
        channel,
        bookings,
        gates,
        fleet,
        operation,
        reports,
    ):
        app.include_router(module.router)
    answer_with_problems(app)
    return app
