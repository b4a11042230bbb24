"""Structured logs: one JSON object a line, secrets masked whatever a caller puts in."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

# Keys whose values never reach a log, whoever logs them.
_SECRET = frozenset({"code", "payment_code", "qr", "document_number", "name", "telephone", "card_number", "pin"})


class StandardError:
    """Standard error as it is at each line, for a program that runs another within itself."""

    def write(self, text: str) -> int:
        """As a text file's."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """As a text file's."""
        sys.stderr.flush()


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Sends all logs, the libraries' too, to `stream` (standard error when None)."""
    target = cast(TextIO, StandardError()) if stream is None else stream
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            mask,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    # The libraries' own words may quote requests: only their warnings are wanted.
    logging.basicConfig(stream=target, level=logging.WARNING, format='{"library": "%(name)s", "event": "%(message)s"}')


def mask(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replaces the values of secret keys."""
    return {key: "<redacted>" if key in _SECRET else value for key, value in event.items()}
