"""The camera as a reader of passports and cards: frames until two of them agree on a zone that is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import structlog

from drivers.contracts.camera import Camera, CameraFrozen, CameraLost, Frame, NoNewFrame
from drivers.contracts.identity import (
    ConfirmationNeeded,
    DocumentRead,
    DocumentUnreadable,
    IdentityAnswer,
    NoDocument,
    ReaderLost,
    ReaderReady,
    ReaderStatus,
    UnreadableReason,
)
from drivers.identity.camera.recogniser import Recogniser
from drivers.identity.camera.sighting import Region, sight
from drivers.identity.camera.voting import Ballot
from drivers.thread_claim import ThreadClaim
from drivers.transport.line import Monotonic

_log = structlog.get_logger()
_STATUS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class CameraReading:
    """How much is tried: `frames` with a zone in them at most; `region` is where a tray holds it."""

    frames: int = 6
    region: Region = field(default_factory=Region)


class CameraZoneReader:
    """Implements `drivers.contracts.identity.IdentityReader` over a camera, which others may use at the same time."""

    def __init__(
        self,
        camera: Camera,
        recogniser: Recogniser,
        monotonic: Monotonic,
        today: Callable[[], date],
        reading: CameraReading | None = None,
    ) -> None:
        self._camera = camera
        self._recogniser = recogniser
        self._monotonic = monotonic
        self._today = today
        self._reading = reading or CameraReading()
        self._newest = 0
        self._claim = ThreadClaim("the document camera")
        self._reads = self._unreadable = 0

    def counters(self) -> Mapping[str, int]:
        """Documents read (confirmed or not), and documents that could not be read, since the driver was made."""
        return {"reads": self._reads, "unreadable": self._unreadable}

    def open(self) -> None:
        self._claim.take()
        self._newest = 0
        self._camera.open()

    def close(self) -> None:
        self._camera.close()
        self._claim.release()

    def status(self) -> ReaderStatus:
        self._claim.check()
        match self._camera.next_frame(self._newest, _STATUS_SECONDS):
            case Frame():
                return ReaderReady("")
            case NoNewFrame():
                return ReaderLost("the camera gives no pictures")
            case CameraFrozen() | CameraLost() as answer:
                return _lost(answer)

    def read(self, seconds: float) -> IdentityAnswer:
        self._claim.check()
        answer = self._watch(self._monotonic() + seconds, Ballot(self._today()))
        if isinstance(answer, DocumentRead | ConfirmationNeeded):
            self._reads += 1
        elif isinstance(answer, DocumentUnreadable):
            self._unreadable += 1
            _log.info("identity.unreadable", reason=answer.reason.value)
        return answer

    def _watch(self, deadline: float, ballot: Ballot) -> IdentityAnswer:
        best: ConfirmationNeeded | None = None
        while ballot.count < self._reading.frames and (left := deadline - self._monotonic()) > 0:
            frame = self._camera.next_frame(self._newest, left)
            if isinstance(frame, CameraLost | CameraFrozen):
                return _lost(frame)
            verdict = self._look(frame, ballot)
            if isinstance(verdict, DocumentRead):
                return verdict
            best = verdict or best
        if best is None and ballot.count:
            return DocumentUnreadable(UnreadableReason.UNCLEAR)
        return best or NoDocument()

    def _look(self, frame: Frame | NoNewFrame, ballot: Ballot) -> DocumentRead | ConfirmationNeeded | None:
        if isinstance(frame, NoNewFrame):
            return None
        self._newest = frame.number
        sighting = sight(frame.pixels, self._reading.region, self._recogniser)
        if sighting is None:
            return None
        ballot.add(sighting)
        return ballot.verdict()


def _lost(answer: CameraFrozen | CameraLost) -> ReaderLost:
    return ReaderLost("the camera's picture stands still" if isinstance(answer, CameraFrozen) else answer.cause)
