"""A file system that keeps in a power cut only what was synced: one flat folder, in memory, mounted by FUSE.

Run as `python -m tests.crash.forgetful_disk FOLDER`; a line on standard input (`keep`, or `cut SEED`) is obeyed and
answered by `done`. Speaks to the kernel itself: needs /dev/fuse and the right to mount, and no library.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.crash import fuse_wire as wire
from tests.crash.forgetful_files import Folder
from tests.crash.fuse_wire import Operation

_DETACH = 2
_FATTR_SIZE = 1 << 3


class Mount:
    """Answers the kernel for one folder."""

    def __init__(self, path: Path, folder: Folder) -> None:
        self._path = path
        self._folder = folder
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._answers: Mapping[int, Callable[[wire.Request], bytes]] = {
            Operation.INIT: lambda _: wire.welcome(),
            Operation.LOOKUP: self._lookup,
            Operation.GETATTR: lambda r: wire.attribute_answer(r.node, self._size(r.node)),
            Operation.SETATTR: self._set_attributes,
            Operation.UNLINK: self._unlink,
            Operation.OPEN: lambda _: wire.handle(),
            Operation.READ: self._read,
            Operation.WRITE: self._write,
            Operation.STATFS: lambda _: wire.space(),
            Operation.RELEASE: lambda _: b"",
            Operation.FSYNC: self._sync,
            Operation.FLUSH: lambda _: b"",
            Operation.OPENDIR: lambda _: wire.handle(),
            Operation.READDIR: self._list,
            Operation.RELEASEDIR: lambda _: b"",
            Operation.FSYNCDIR: self._sync_names,
            Operation.ACCESS: lambda _: b"",
            Operation.CREATE: self._create,
        }
        self.kernel = self._mount()

    def _mount(self) -> int:
        kernel = os.open("/dev/fuse", os.O_RDWR)
        options = f"fd={kernel},rootmode={stat.S_IFDIR:o},user_id={os.getuid()},group_id={os.getgid()}"
        target = str(self._path).encode()
        if self._libc.mount(b"forgetful", target, b"fuse.forgetful", 6, options.encode()):  # no suid, no devices
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), "mount")
        return kernel

    def close(self) -> None:
        """Drops the connection first: what the kernel still has to write is lost, as in a power cut."""
        os.close(self.kernel)
        self._libc.umount2(str(self._path).encode(), _DETACH)

    def serve(self) -> None:
        """Answers one request."""
        request = wire.request(os.read(self.kernel, wire.READ_BYTES))
        if request.operation in wire.WITHOUT_ANSWER:
            return
        os.write(self.kernel, self._answer(request))

    def _answer(self, request: wire.Request) -> bytes:
        perform = self._answers.get(request.operation)
        if perform is None:
            return wire.refusal(request.unique)
        try:
            return wire.answer(request.unique, perform(request))
        except FileNotFoundError:
            return wire.refusal(request.unique, errno.ENOENT)

    def _size(self, node: int) -> int:
        return 0 if node == wire.ROOT_NODE else len(self._folder.files[node].live)

    def _node(self, name: str) -> int:
        if name not in self._folder.names:
            raise FileNotFoundError
        return self._folder.names[name]

    def _lookup(self, request: wire.Request) -> bytes:
        node = self._node(request.name())
        return wire.entry(node, self._size(node))

    def _set_attributes(self, request: wire.Request) -> bytes:
        valid, _, _, size = request.numbers("<IIQQ")
        if valid & _FATTR_SIZE:
            self._folder.files[request.node].change(size, None)
        return wire.attribute_answer(request.node, self._size(request.node))

    def _unlink(self, request: wire.Request) -> bytes:
        self._node(request.name())
        del self._folder.names[request.name()]
        return b""

    def _read(self, request: wire.Request) -> bytes:
        _, offset, size = request.numbers("<QQI")
        return bytes(self._folder.files[request.node].live[offset : offset + size])

    def _write(self, request: wire.Request) -> bytes:
        _, offset, size = request.numbers("<QQI")
        self._folder.files[request.node].change(offset, request.body[40 : 40 + size])
        return size.to_bytes(8, "little")

    def _sync(self, request: wire.Request) -> bytes:
        self._folder.files[request.node].sync()
        return b""

    def _sync_names(self, _request: wire.Request) -> bytes:
        self._folder.sync_names()
        return b""

    def _list(self, request: wire.Request) -> bytes:
        _, offset, size = request.numbers("<QQI")
        return wire.listing(self._folder.names, offset, size)

    def _create(self, request: wire.Request) -> bytes:
        return wire.entry(self._folder.create(request.name(16)), 0) + wire.handle()


def main() -> None:
    """Serves until standard input ends."""
    path, folder = Path(sys.argv[1]), Folder()
    mount = Mount(path, folder)
    print("done", flush=True)  # noqa: T201 - the answer to whoever started it
    while True:
        ready, _, _ = select.select([mount.kernel, sys.stdin], [], [])
        if mount.kernel in ready:
            mount.serve()
            continue
        order = sys.stdin.readline().split()
        if not order:
            break
        if order[0] == "cut":
            mount.close()
            folder.cut(Random(order[1]))
            mount = Mount(path, folder)
        else:
            folder.keep()
        print("done", flush=True)  # noqa: T201
    mount.close()


if __name__ == "__main__":
    main()
