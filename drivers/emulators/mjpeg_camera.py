"""A network camera on loopback: whatever is put before it goes out as MJPEG over HTTP, with a sensor's noise."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from enum import Enum
from types import TracebackType

import cv2
import numpy as np
from numpy.typing import NDArray

from drivers.emulators.scenery import OpticalTrouble, empty_scene, through_the_lens

_BOUNDARY = b"frame"
_HEAD = (
    b"HTTP/1.0 200 OK\r\nCache-Control: no-store\r\n"
    b"Content-Type: multipart/x-mixed-replace; boundary=" + _BOUNDARY + b"\r\n\r\n"
)
_VARIANTS = 3  # pictures with noise of their own that go out in turn
_SLOW_SECONDS = 1.0


class CameraTrouble(Enum):
    """What can be made to go wrong beyond the lens (that is `OpticalTrouble`)."""

    FROZEN = "frozen"  # the same picture to the last bit
    SLOW = "slow"  # one picture a second
    STALLED = "stalled"  # the line stays open and nothing comes
    GARBLED = "garbled"  # pictures arrive damaged
    HANGS_UP = "hangs_up"  # every connection ends after a few pictures


class MjpegCameraEmulator:
    """Serves any number of viewers at `fps` pictures a second."""

    def __init__(
        self, port: int = 0, fps: float = 15.0, width: int = 1280, height: int = 720, quality: int = 92
    ) -> None:
        self._seconds = 1.0 / fps
        self._quality = quality
        self._blank = empty_scene(width, height)
        self._lock = threading.Lock()
        self._troubles: set[CameraTrouble] = set()
        self._optics: set[OpticalTrouble] = set()
        self._picture = self._blank
        self._pictures: list[bytes] = []
        self._viewers: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._server: socket.socket | None = None
        self._acceptor: threading.Thread | None = None
        self._port = port
        self._develop()
        self.plug()

    def __enter__(self) -> MjpegCameraEmulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/video.mjpg"

    def show(self, picture: NDArray[np.uint8]) -> None:
        """Puts something before the camera: blue, green, red; it fills the view."""
        self._picture = picture
        self._develop()

    def clear(self) -> None:
        """Takes it away again."""
        self.show(self._blank)

    def set_fault(self, fault: CameraTrouble | OpticalTrouble) -> None:
        self._change(fault, present=True)

    def clear_fault(self, fault: CameraTrouble | OpticalTrouble) -> None:
        self._change(fault, present=False)

    def plug(self) -> None:
        """Answers on the same port again."""
        if self._server is None:
            self._server = socket.create_server(("127.0.0.1", self._port))
            self._port = self._server.getsockname()[1]
            self._acceptor = threading.Thread(
                target=self._accept, args=(self._server,), name="camera-port", daemon=True
            )
            self._acceptor.start()

    def unplug(self) -> None:
        """Connections break, new ones are refused."""
        server, self._server = self._server, None
        if server is None or self._acceptor is None:
            return
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        self._acceptor.join()
        with self._lock:
            for line in self._open:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        for viewer in self._viewers:
            viewer.join()
        self._viewers.clear()

    def close(self) -> None:
        self.unplug()

    def _change(self, fault: CameraTrouble | OpticalTrouble, *, present: bool) -> None:
        if isinstance(fault, CameraTrouble):
            (self._troubles.add if present else self._troubles.discard)(fault)
            return
        (self._optics.add if present else self._optics.discard)(fault)
        self._develop()

    def _develop(self) -> None:
        seen = through_the_lens(self._picture, frozenset(self._optics))
        pictures = [self._encoded(_noisy(seen, seed)) for seed in range(_VARIANTS)]
        with self._lock:
            self._pictures = pictures

    def _encoded(self, picture: NDArray[np.uint8]) -> bytes:
        return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, self._quality])[1])

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:  # unplugged
                return
            with self._lock:
                self._open.add(line)
            viewer = threading.Thread(target=self._serve, args=(line, server), name="camera-viewer", daemon=True)
            self._viewers.append(viewer)
            viewer.start()

    def _serve(self, line: socket.socket, server: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            line.settimeout(2.0)
            line.recv(4096)  # the request: there is only one thing to ask for
            line.sendall(_HEAD)
            number = 0
            while self._server is server and not (CameraTrouble.HANGS_UP in self._troubles and number > 3):
                if CameraTrouble.STALLED not in self._troubles:
                    line.sendall(self._part(number))
                    number += 1
                time.sleep(_SLOW_SECONDS if CameraTrouble.SLOW in self._troubles else self._seconds)
        with self._lock:
            self._open.discard(line)

    def _part(self, number: int) -> bytes:
        with self._lock:
            picture = self._pictures[0 if CameraTrouble.FROZEN in self._troubles else number % _VARIANTS]
        if CameraTrouble.GARBLED in self._troubles:
            picture = picture[:200] + bytes(byte ^ 0x5A for byte in picture[200:])
        head = b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(picture)
        return b"--" + _BOUNDARY + b"\r\n" + head + picture + b"\r\n"


def _noisy(picture: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    noise = np.random.default_rng(seed).integers(-4, 5, picture.shape[:2], dtype=np.int16)[:, :, None]
    return np.asarray(np.clip(picture + noise, 0, 255), np.uint8)
