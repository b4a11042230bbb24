"""A process with Qt does not keep the source of all its modules, and a traceback still shows its lines."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import linecache, traceback
from shared.thrift import keep_small
keep_small()
import PySide6.QtCore, shared.storage.store
print(len(linecache.cache) <= 4)
try:
    shared.storage.store.read_fact(None, "")
except AttributeError:
    print("database.run(" in traceback.format_exc())
"""


def test_the_lines_of_few_files_are_kept() -> None:
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["True", "True"]
