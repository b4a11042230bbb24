"""What Qt has to say goes into the log, as one more structured line."""

from __future__ import annotations

import structlog
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = structlog.get_logger()

_LEVELS = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "error",
    QtMsgType.QtFatalMsg: "critical",
}


def log_qt_messages() -> None:
    """Installs the handler for the whole process."""
    qInstallMessageHandler(_write)


def _write(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    getattr(_log, _LEVELS[kind])("qt", message=message)
