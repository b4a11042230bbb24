"""A print service with one raw queue, over HTTP and IPP, that prints on an emulated network printer."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from drivers.emulators.closing import Closing
from drivers.emulators.ipp_messages import IppRequest, NotIppError, read_request, write_error, write_job, write_printer

_PENDING, _STOPPED_JOB, _ABORTED, _COMPLETED = 3, 6, 8, 9
_IDLE, _STOPPED = 3, 5
_RAW = b"application/vnd.cups-raw"


class ServiceTrouble(Enum):
    """What can be made to go wrong."""

    STOPPED = "stopped"  # the queue holds its jobs
    STOPS_ON_A_JOB = "stops_on_a_job"  # the next one that comes
    REJECTS = "rejects"  # takes no job
    ABORTS = "aborts"  # gives every job up
    LOSES_ANSWERS = "loses_answers"  # takes the next job and hangs up without a word
    SPEAKS_HTML = "speaks_html"  # another service is on the port


@dataclass(slots=True)
class _Job:
    document: bytes
    state: int = _PENDING


class PrintServiceEmulator(Closing):
    """`reasons` are what the service has heard of its printer (`media-empty-error`)."""

    def __init__(self, printer: str) -> None:
        self._printer = urlsplit(printer)
        self._lock = threading.Lock()
        self._troubles: set[ServiceTrouble] = set()
        self._jobs: list[_Job] = []
        self._reasons: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="print-service")
        self._thread.start()

    @property
    def address(self) -> str:
        return f"ipp://127.0.0.1:{self._server.server_port}/printers/tickets"

    def set_fault(self, trouble: ServiceTrouble) -> None:
        with self._lock:
            self._troubles.add(trouble)

    def clear_fault(self, trouble: ServiceTrouble) -> None:
        """A queue that goes on prints what it holds."""
        with self._lock:
            self._troubles.discard(trouble)
            self._work()

    def report(self, *reasons: str) -> None:
        """What the service says of its printer from now on."""
        with self._lock:
            self._reasons = list(reasons)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, body: bytes) -> bytes | None:
        """The answer to one request; None = hang up."""
        try:
            request = read_request(body)
        except NotIppError:
            return write_error(0, 0x0400)
        with self._lock:
            if ServiceTrouble.SPEAKS_HTML in self._troubles:
                return b"<html>Welcome to your router</html>"
            match request.operation:
                case 0x0002:
                    return self._print(request)
                case 0x0009:
                    return self._job(request)
                case 0x000B:
                    state = _STOPPED if ServiceTrouble.STOPPED in self._troubles else _IDLE
                    accepting = ServiceTrouble.REJECTS not in self._troubles
                    return write_printer(request.number, state, self._reasons, accepting)
        return write_error(request.number, 0x0501)  # operation not supported

    def _print(self, request: IppRequest) -> bytes | None:
        if ServiceTrouble.REJECTS in self._troubles:
            return write_error(request.number, 0x0506)
        if request.attributes.get("document-format") != _RAW:
            return write_error(request.number, 0x040A)
        if ServiceTrouble.STOPS_ON_A_JOB in self._troubles:
            self._troubles.remove(ServiceTrouble.STOPS_ON_A_JOB)
            self._troubles.add(ServiceTrouble.STOPPED)
        self._jobs.append(_Job(request.document))
        self._work()
        if ServiceTrouble.LOSES_ANSWERS in self._troubles:
            self._troubles.discard(ServiceTrouble.LOSES_ANSWERS)
            return None
        return write_job(request.number, 0, len(self._jobs), self._jobs[-1].state)

    def _job(self, request: IppRequest) -> bytes:
        job_id = int.from_bytes(request.attributes.get("job-id", b""), "big")
        if not 1 <= job_id <= len(self._jobs):
            return write_error(request.number, 0x0406)
        return write_job(request.number, 0, job_id, self._jobs[job_id - 1].state)

    def _work(self) -> None:
        for job in self._jobs:
            if job.state in {_PENDING, _STOPPED_JOB}:
                job.state = self._worked_off(job)

    def _worked_off(self, job: _Job) -> int:
        if ServiceTrouble.ABORTS in self._troubles:
            return _ABORTED
        if ServiceTrouble.STOPPED in self._troubles:
            return _STOPPED_JOB
        with socket.create_connection((str(self._printer.hostname), int(self._printer.port or 9100))) as line:
            line.sendall(job.document)
        return _COMPLETED

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                answer = service.answer(self.rfile.read(int(self.headers["Content-Length"])))
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/ipp")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None: ...

        return Handler
