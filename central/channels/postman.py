"""The thread that brings notices to the channels."""

from __future__ import annotations

from threading import Event, Thread

import requests
import structlog

from central.channels.notices import Delivery, delivered, due, failed
from central.service import Central
from shared.wire.channel import NOTICE_SIGNATURE

log = structlog.get_logger()
_AT_ONCE = 20
_PATIENCE = (3.0, 5.0)  # seconds to connect, to be answered


class Postman:
    """Looks every `notices_interval_s`. Addresses are the operator's choice; a redirection is not followed."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="central-notices")

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the notice on its way."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        with requests.Session() as http:
            http.trust_env = False
            while not self._stopping.wait(self._central.settings.notices_interval_s):
                try:
                    self._round(http)
                except Exception:  # the edge of the thread: logged, tried again
                    log.exception("notices_not_delivered")

    def _round(self, http: requests.Session) -> None:
        central = self._central
        now = central.clock.now()
        if not central.database.read(lambda session: central.has_notices(session, now)):
            return
        for delivery in central.database.write(lambda session: due(session, central.site_id, now, _AT_ONCE)):
            if self._stopping.is_set():
                return
            self._deliver(http, delivery)

    def _deliver(self, http: requests.Session, delivery: Delivery) -> None:
        central = self._central
        error = self._send(http, delivery)
        now = central.clock.now()
        if error:
            log.warning("notice_refused", notice=delivery.notice_id, error=error)
            central.database.write(lambda s: failed(s, central.site_id, delivery.notice_id, error, now))
        else:
            central.database.write(lambda s: delivered(s, central.site_id, delivery.notice_id))

    def _send(self, http: requests.Session, delivery: Delivery) -> str:
        """What went wrong, in a word or two; empty when the channel took it."""
        headers = {
            "Content-Type": "application/json",
            NOTICE_SIGNATURE: delivery.signature(self._central.clock.now()),
        }
        try:
            answer = http.post(
                delivery.url, data=delivery.body, headers=headers, timeout=_PATIENCE, allow_redirects=False, stream=True
            )
        except requests.RequestException as error:
            return type(error).__name__
        with answer:
            return "" if answer.ok and answer.status_code < 300 else f"status {answer.status_code}"
