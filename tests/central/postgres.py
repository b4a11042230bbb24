"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket that nobody else finds."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from central.storage.database import Database, database_url

_PLACES = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin")
_TEMPLATE = "empty_central"


@dataclass
class PostgresServer:
    """`sockets` is the folder of its socket. Databases are copies of one that was migrated once."""

    sockets: Path
    command: Sequence[str]
    process: subprocess.Popen[bytes]
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.sockets}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """A database with central's tables, for one test; gives its URL."""
        name = f"central_{next(self._numbers)}"
        self.admin(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        try:
            yield self.url(name)
        finally:
            self.admin(f"DROP DATABASE {name} WITH (FORCE)")

    def admin(self, statement: str) -> None:
        with psycopg.connect(f"host={self.sockets} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def restart(self) -> None:
        """Starts it again after it was ended."""
        self.process = _run(self.command, self.sockets)
        self.wait()

    def wait(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + 30
        while True:
            assert self.process.poll() is None, "PostgreSQL did not start"
            try:
                self.admin("SELECT 1")
            except psycopg.OperationalError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            else:
                return

    def prepare(self) -> None:
        """Makes the database that the others are copied from."""
        self.admin(f"CREATE DATABASE {_TEMPLATE}")
        with closing(Database(database_url(self.url(_TEMPLATE)))) as database:
            database.migrate()


def binaries() -> Path | None:
    """The folder of `postgres` and `initdb`; None where there is none, or nobody to run it as."""
    found = shutil.which("postgres")
    places = [Path(found).parent] if found else [Path(place) for place in _PLACES]
    return next((place for place in places if (place / "postgres").is_file() and (place / "initdb").is_file()), None)


@contextmanager
def server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A running server, ended and forgotten afterwards. `durable`: with the disk, as in service."""
    place = binaries()
    assert place is not None
    with tempfile.TemporaryDirectory(prefix="shanmen-pg-") as name:
        folder = Path(name)
        if user := _user():
            shutil.chown(folder, user)
        make = [place / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(
            [*map(str, make), "--locale=C.UTF-8"], user=user, check=True, stdout=subprocess.DEVNULL, cwd=name
        )
        quick = [] if durable else ["-c", "fsync=off", "-c", "full_page_writes=off"]
        command = [
            str(place / "postgres"),
            "-D",
            f"{name}/data",
            "-k",
            name,
            "-h",
            "",
            "-c",
            "max_connections=200",
            *quick,
        ]
        started = PostgresServer(folder, command, _run(command, folder))
        try:
            started.wait()
            started.prepare()
            yield started
        finally:
            started.process.send_signal(signal.SIGINT)  # fast: does not wait for clients
            started.process.wait(20)


def _run(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, user=_user(), cwd=folder, stderr=subprocess.DEVNULL)


def _user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None
