"""Starting central as a process, and making enrolment codes beside it."""

from __future__ import annotations

import json
import secrets
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from central.api.application import create_app
from central.area import load_area
from central.fleet.codes import VALID_FOR, create_code
from central.settings import CentralSettings, ConfigurationError
from central.storage.database import Database, UnavailableError, database_url
from central.storage.tables.fleet import KIOSK
from shared.domain.clock import Clock
from shared.security.keys import KeyFileError, SigningKey

_PATIENCE_S = 10  # how long requests under way may take when central is asked to end


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, moved by `offset` for demonstrations."""

    offset: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def monotonic(self) -> float:
        return time.monotonic()


def run(settings: CentralSettings) -> None:
    """Serves until SIGTERM or SIGINT, then finishes what is under way. Raises ConfigurationError.

    When central takes requests it writes `{"event": "ready", "host": ..., "port": ..., "url": ...}` as a line on
    standard output and into `ready_file`.
    """
    app = create_app(settings, _clock(settings), _own_key(settings.key_file), secrets.token_bytes)
    _make_room(settings)
    listener = _listen(settings)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_PATIENCE_S,
    )
    server = _AnnouncingServer(config, settings.ready_file)
    with _ended_by_signals():
        server.run(sockets=[listener])
    if not server.started:
        raise ConfigurationError(f"database: central could not start with {settings.database!r}; the log says why")


def create_enrolment_code(settings: CentralSettings, valid_for: timedelta = VALID_FOR, mode: str = KIOSK) -> str:
    """A fresh one-time code for a terminal of a mode, also while central is running. Raises ConfigurationError."""
    site_id = load_area(settings.site).catalog.site.site_id
    now = _clock(settings).now()
    _make_room(settings)
    with closing(Database(database_url(settings.database))) as database:
        try:
            database.migrate()
            return database.write(
                lambda session: create_code(session, site_id, now, secrets.token_bytes, valid_for, mode=mode)
            )
        except UnavailableError as error:
            raise ConfigurationError("database: it cannot be reached") from error


class _AnnouncingServer(uvicorn.Server):
    """Says where it listens once it takes requests."""

    def __init__(self, config: uvicorn.Config, ready_file: Path | None) -> None:
        super().__init__(config)
        self._ready_file = ready_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then announces."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            _announce(host, port, self._ready_file)


def _announce(host: str, port: int, ready_file: Path | None) -> None:
    name = f"[{host}]" if ":" in host else host
    line = json.dumps({"event": "ready", "host": host, "port": port, "url": f"http://{name}:{port}"}) + "\n"
    if ready_file is not None:
        draft = ready_file.with_name(ready_file.name + ".new")
        draft.write_text(line, "utf-8")
        draft.replace(ready_file)  # a reader sees all of it or nothing
    sys.stdout.write(line)
    sys.stdout.flush()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """uvicorn raises a signal again after its shutdown; it has done its work then, and central returns."""
    kept = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _clock(settings: CentralSettings) -> Clock:
    return SystemClock(timedelta(seconds=settings.clock_offset_s))


def _own_key(path: Path) -> SigningKey:
    try:
        if path.exists():
            return SigningKey.load(path)
        key = SigningKey.generate()
        key.save(path)
    except KeyFileError as error:
        raise ConfigurationError(f"key_file: {error}") from error
    except OSError as error:
        raise ConfigurationError(f"key_file: {path} cannot be written") from error
    return key


def _make_room(settings: CentralSettings) -> None:
    """The folders that central writes into."""
    files = [settings.ready_file] if settings.ready_file else []
    files += [] if "://" in settings.database else [Path(settings.database)]
    for file in files:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(f"database: {file.parent} cannot be made") from error


def _listen(settings: CentralSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise ConfigurationError(f"host, port: cannot listen on {settings.host}:{settings.port}: {error}") from error
