"""Central's figures for Prometheus: how requests go, and how the fleet is. Nothing in them is of a person."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.fleet.heartbeats import fleet
from central.service import Central
from central.storage.tables import AlarmRow, ExceptionRow

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds; beyond 2 is an alarm
_NO_ROUTE = "none"


class Metrics:
    """The figures of one process. `bind` adds what is read from the database when somebody asks."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "shanmen_request_seconds",
            "Time to answer, by route template, method and status",
            ("route", "method", "status"),
            buckets=_BUCKETS,
            registry=self._registry,
        )

    def bind(self, central: Central) -> None:
        """From now on the fleet is part of the figures."""
        self._registry.register(_FleetFigures(central))

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request was answered. `route` is a template: an address itself may hold a booking's code."""
        self._requests.labels(route, method, str(status)).observe(seconds)

    def text(self) -> bytes:
        """All figures in the text format, version 0.0.4. Raises BusyError and UnavailableError."""
        return generate_latest(self._registry)


class Measured:
    """Takes the time of every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", _NO_ROUTE)
            self._metrics.observe(route, _method(scope), status, time.perf_counter() - began)


def _method(scope: Scope) -> str:
    """Only known methods: a label is never a text of the caller's."""
    return scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"} else "other"


class _FleetFigures(Collector):
    """Read at each question, in one state of the tables."""

    def __init__(self, central: Central) -> None:
        self._central = central

    def describe(self) -> Iterator[Metric]:
        """Nothing is promised: so that registering asks no database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The gauges."""
        terminals = GaugeMetricFamily("shanmen_terminals", "Terminals by whether they are heard", labels=["online"])
        alarms = GaugeMetricFamily("shanmen_alarms_open", "Open alarms by kind", labels=["kind"])
        online, silent, by_kind, exceptions = self._central.database.read(self._count)
        terminals.add_metric(["yes"], online)
        terminals.add_metric(["no"], silent)
        for kind, number in by_kind.items():
            alarms.add_metric([kind], number)
        yield terminals
        yield alarms
        yield GaugeMetricFamily("shanmen_exceptions_open", "Events that need a person", value=exceptions)

    def _count(self, session: Session) -> tuple[int, int, dict[str, int], int]:
        central = self._central
        site_id, patience = central.site_id, central.settings.alarms.offline_after
        heard = [each.online for each in fleet(session, site_id, central.clock.now(), patience)]
        open_alarms = (AlarmRow.site_id == site_id) & AlarmRow.cleared_at.is_(None)
        rows = session.execute(select(AlarmRow.kind, func.count()).where(open_alarms).group_by(AlarmRow.kind))
        unsettled = (ExceptionRow.site_id == site_id) & ExceptionRow.settled_at.is_(None)
        exceptions = session.scalar(select(func.count()).select_from(ExceptionRow).where(unsettled)) or 0
        return sum(heard), len(heard) - sum(heard), {row[0]: row[1] for row in rows}, exceptions
