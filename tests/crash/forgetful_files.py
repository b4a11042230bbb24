"""Files of a disk that keeps in a power cut only what was synced: a flat folder, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.crash.fuse_wire import ROOT_NODE

_SECTOR = 512


@dataclass
class File:
    """What a reader sees, what the disk would still have, and what was done since (offset and data; None: length)."""

    live: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, offset: int, data: bytes | None) -> None:
        _apply(self.live, offset, data)
        self.since.append((offset, data))

    def sync(self) -> None:
        self.durable = bytes(self.live)
        self.since.clear()

    def cut(self, random: Random) -> None:
        """Back to what was synced, with whichever sectors of the rest had reached the disk by chance."""
        survivor = bytearray(self.durable)
        share = random.choice((0.0, 0.5, 0.9))
        for offset, data in self.since:
            for place, piece in _sectors(offset, data):
                if random.random() < share:
                    _apply(survivor, place, piece)
        self.live = survivor
        self.sync()


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    end = offset + len(data or b"")
    if end > len(content):
        content.extend(bytes(end - len(content)))
    if data is None:
        del content[offset:]
    else:
        content[offset:end] = data


def _sectors(offset: int, data: bytes | None) -> list[tuple[int, bytes | None]]:
    if data is None:
        return [(offset, None)]
    return [(offset + start, data[start : start + _SECTOR]) for start in range(0, len(data), _SECTOR)]


class Folder:
    """The files by name, as they are and as the disk has them; a name is durable once the folder was synced."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.files: dict[int, File] = {}
        self._durable_names: dict[str, int] = {}
        self._next_node = ROOT_NODE + 1

    def create(self, name: str) -> int:
        node, self._next_node = self._next_node, self._next_node + 1
        self.names[name] = node
        self.files[node] = File()
        return node

    def sync_names(self) -> None:
        self._durable_names = dict(self.names)

    def keep(self) -> None:
        """All there is has reached the disk."""
        self.sync_names()
        for file in self.files.values():
            file.sync()

    def cut(self, random: Random) -> None:
        if random.random() < 0.5:
            self.names = dict(self._durable_names)
        self.files = {node: self.files[node] for node in self.names.values()}
        for file in self.files.values():
            file.cut(random)
        self.sync_names()
