"""One visit of the doctor: examines, tells what it finds as it finds it, and keeps a signed report."""

from __future__ import annotations

import logging
from pathlib import Path

import structlog
import typer
from rich.console import Console
from rich.text import Text

from kiosk.settings import KioskSettings
from shanmen.doctor.by_hand import Trials, Wanted
from shanmen.doctor.examination import Examination, examine
from shanmen.doctor.finding import Finding, Severity, Verdict
from shanmen.doctor.keeping import ReportFolder, Sent
from shanmen.doctor.kinds import PRINTERS
from shanmen.doctor.machine import Instruments, Machine
from shanmen.doctor.page import in_html
from shanmen.doctor.picture import picture_of
from shanmen.doctor.report import sign, write_report
from shanmen.doctor.trials.ticket import TestTicket, make_test_ticket
from shanmen.doctor.words import LANGUAGES, device_title, say
from shared import log
from shared.security.keys import SigningKey
from shared.settings import SettingsError, read_settings
from shared.system_clock import SystemClock

_log = structlog.get_logger()

BUG = 70  # EX_SOFTWARE: an exit status that is no verdict

_MARKS = {
    Severity.WELL: ("✓", "green"),
    Severity.NOTE: ("·", "dim"),
    Severity.DEGRADED: ("!", "yellow"),
    Severity.UNSEEN: ("?", "red"),
    Severity.UNFIT: ("✗", "red"),
}


def call(settings: Path | None, language: str, wanted: Wanted, folder: Path | None) -> int:
    """Examines this machine; the answer is the exit status: a verdict's, or BUG."""
    log.configure(level=logging.ERROR)  # what a driver would log, the findings say
    try:
        declared = _declared(settings, language, wanted)
    except SettingsError as error:
        typer.echo(f"shanmen: {error}", err=True)
        return Verdict.NOT_SEEN.value
    machine = Machine(Instruments(SystemClock()), declared)
    visit = Visit(machine, language, Console(highlight=False, soft_wrap=True), wanted)
    try:
        seen = visit.examine()
        if declared is not None:
            visit.keep(seen, folder or declared.terminal.data / "commissioning")
    except Exception:  # noqa: BLE001 - the edge of the process: a bug must not look like a verdict
        _log.exception("doctor.internal_error")
        return BUG
    return seen.verdict.value


def _declared(settings: Path | None, language: str, wanted: Wanted) -> KioskSettings | None:
    """Raises SettingsError for whatever keeps the doctor from looking."""
    if language not in LANGUAGES:
        raise SettingsError(f"--language: {language!r} is none of {', '.join(LANGUAGES)}")
    if settings is not None:
        return read_settings(settings, KioskSettings)
    if wanted.any:
        raise SettingsError("a trial needs the devices of --settings")
    return None


class Visit:
    """One visit of the doctor to a machine, told on the console in the installer's language."""

    def __init__(self, machine: Machine, language: str, console: Console, wanted: Wanted) -> None:
        self._machine = machine
        self._language = language
        self._console = console
        self._wanted = wanted
        name = machine.settings.terminal.name if machine.settings else "-"
        self._ticket: TestTicket = make_test_ticket(name, machine.look.clock.now(), language)

    def examine(self) -> Examination:
        """Everything, the trials by hand last; ends with the verdict."""
        seen = examine(self._machine, self._tell)
        findings = list(seen.findings)
        for finding in Trials(self._machine, self._wanted, self._ticket, self._ask).run():
            self._tell(finding)
            findings.append(finding)
        seen = Examination(tuple(findings), seen.connected)
        colour = {Verdict.FIT: "green", Verdict.DEGRADED: "yellow"}.get(seen.verdict, "red")
        self._console.print()
        self._console.print(say("verdict", seen.verdict.name, self._language), style=f"bold {colour}")
        return seen

    def keep(self, seen: Examination, folder: Path) -> None:
        """Writes the report, signed where there is a key, and sends it where central takes it."""
        now = self._machine.look.clock.now()
        report = write_report(self._machine, seen, now)
        key = self._machine.key
        signer = key.public.key_id.hex() if key else ""
        page = in_html(report, signer, self._language, self._picture())
        reports = ReportFolder(folder)
        try:
            path = str(reports.keep(sign(report, key) if key else report, page, now))
        except OSError as error:
            typer.echo(f"shanmen: {folder}: the report cannot be written: {error.strerror}", err=True)
            return
        self._console.print(self._fate(reports, key, path))

    def _fate(self, reports: ReportFolder, key: SigningKey | None, path: str) -> str:
        """Where the report is, and whether central has it."""
        settings = self._machine.settings
        if key is None or settings is None:
            return say("kept", "unsigned", self._language, path=path)
        sent = reports.send(settings.central.url, key, self._machine.look.clock)
        if isinstance(sent, Sent):
            return say("kept", "sent", self._language, path=path)
        return say("kept", "here", self._language, path=path, cause=sent.cause)

    def _tell(self, finding: Finding) -> None:
        title = device_title(finding.device, self._language)
        mark, colour = _MARKS[finding.severity]
        self._console.print(Text.assemble((f"{mark} ", colour), finding.sentence(self._language, title)))
        remedy = finding.remedy(self._language, title)
        if remedy:
            self._console.print(Text(f"    {remedy}", style="dim"))

    def _ask(self, what: str, **fields: str) -> None:
        self._console.print(say("ask", what, self._language, **fields), style="bold")

    def _picture(self) -> bytes | None:
        printer = next((d for d in self._machine.devices if d.driver in PRINTERS), None)
        return None if printer is None else picture_of(self._ticket, printer)
