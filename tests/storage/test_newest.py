"""A file of the newest version opens without the migrations; what it consists of is written down rightly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from shared.storage.database import Database
from shared.storage.newest import DIGEST, REVISION, digest_of
from shared.storage.upgrading import newest_revision, schema_of


def test_the_newest_version_is_written_down() -> None:
    """When this fails: write these values into shared/storage/newest.py."""
    newest = newest_revision()
    assert newest is not None
    assert (newest, digest_of(schema_of(newest))) == (REVISION, DIGEST)


def test_a_file_of_the_newest_version_opens_without_alembic(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    Database(path).close()
    program = (
        "import sys; from pathlib import Path; from shared.storage.database import Database\n"
        "Database(Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "False"
