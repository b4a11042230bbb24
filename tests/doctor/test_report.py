"""The report: signed, readable, without a secret, kept until central takes it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from drivers.emulators.escpos_printer import EscPosPrinterEmulator
from drivers.emulators.printer_sensors import PrinterTrouble
from shanmen.doctor.keeping import KeptHere, ReportFolder, Sent
from shanmen.doctor.page import in_html
from shanmen.doctor.picture import picture_of
from shanmen.doctor.report import is_genuine, sign, write_report
from shanmen.doctor.trials.ticket import make_test_ticket
from shanmen.doctor.words import LANGUAGES
from shared.domain.canonical import instant_text
from shared.security.keys import PublicKey, SigningKey
from shared.wire.commissioning import PATH, CommissioningReport, SignedReport
from tests.central.world import MORNING, RunningCentral, SetClock
from tests.doctor.ward import Ward

ArchiveAt = tuple[str, list[bytes]]  # its address, and what it was sent
KEY = SigningKey.from_seed(bytes(range(32)))


class Archive(BaseHTTPRequestHandler):
    """A central that takes reports: it keeps the bodies and says so."""

    bodies: list[bytes]

    def do_POST(self) -> None:
        if self.path != PATH:
            self.send_error(404)
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        outcome = "duplicate" if body in self.bodies else "stored"
        self.bodies.append(body)
        answer = json.dumps({"outcome": outcome}).encode()
        self.send_response(200)
        self.send_header("Central-Time", instant_text(MORNING))
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def archive() -> Iterator[ArchiveAt]:
    bodies: list[bytes] = []
    handler = type("Handler", (Archive,), {"bodies": bodies})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", bodies
        server.shutdown()
        thread.join()


@pytest.fixture
def report(ward: Ward, printer: EscPosPrinterEmulator) -> CommissioningReport:
    printer.set_fault(PrinterTrouble.PAPER_OUT)
    return write_report(ward.machine, ward.examine(), MORNING)


def test_the_report_says_whose_it_is_and_what_was_found(report: CommissioningReport) -> None:
    assert report.terminal_id.startswith("t-")
    assert report.site_id == "hill"
    assert report.verdict == "not_fit"
    (out,) = [finding for finding in report.findings if finding.key == "PRINTER_PAPER_OUT"]
    assert (out.severity, out.device, out.sentence) == ("unfit", "printer", "Ticket printer: there is no paper.")
    assert [device.name for device in report.devices] == ["printer", "scanner", "identity"]


def test_it_is_genuine_until_a_word_is_changed_also_after_its_way_through_json(report: CommissioningReport) -> None:
    signed = SignedReport.model_validate_json(sign(report, KEY).model_dump_json())
    assert is_genuine(signed)
    assert CommissioningReport.model_validate(signed.report) == report
    better = {**signed.report, "verdict": "fit"}
    assert not is_genuine(signed.model_copy(update={"report": better}))
    other = SigningKey.generate().public.raw.hex()
    assert not is_genuine(signed.model_copy(update={"public_key": other}))


def test_a_newer_sender_s_report_stays_genuine(report: CommissioningReport) -> None:
    document = {**report.model_dump(), "weather": "fine"}
    signed = SignedReport(report=document, public_key=KEY.public.raw.hex(), signature="0" * 128)
    assert CommissioningReport.model_validate(signed.report).verdict == "not_fit"
    assert SignedReport.model_validate_json(signed.model_dump_json()).report["weather"] == "fine"


def test_no_secret_is_in_the_report(ward: Ward, report: CommissioningReport) -> None:
    settings = ward.machine.settings
    assert settings is not None
    text = report.model_dump_json() + in_html(report, "", "en", None)
    wechat = settings.payment["wechat"]
    secrets = [str(wechat["apiv3_key"]), str(wechat["cert_serial"])]
    secrets += (settings.terminal.data / "terminal.key").read_text().split()
    secrets += Path(str(wechat["private_key_file"])).read_text().splitlines()[1:-1]
    assert secrets
    assert [secret for secret in secrets if secret in text] == []


class Outline(HTMLParser):
    """Checks that every element that is opened is closed, and collects the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_says_what_to_do(ward: Ward, report: CommissioningReport, language: str) -> None:
    picture = picture_of(make_test_ticket("kiosk-1", MORNING, language), ward.machine.devices[0])
    page = Outline()
    page.feed(in_html(report, "abcd", language, picture))
    assert page.open == []
    assert {"en": "close the cover until it clicks", "zh-Hans": "合上盖子"}[language] in page.text
    assert {"en": "Not fit to sell yet.", "zh-Hans": "尚不能售票。"}[language] in page.text


def test_what_devices_say_of_themselves_cannot_change_the_page(report: CommissioningReport) -> None:
    evil = "<script>alert(1)</script>"
    plugged = [{"kind": "serial", "path": evil, "identity": evil, "name": evil}]
    changed = CommissioningReport.model_validate({**report.model_dump(), "connected": plugged})
    assert "<script" not in in_html(changed, "", "en", None)


def test_a_report_waits_for_a_central_that_takes_it(
    tmp_path: Path,
    report: CommissioningReport,
    central: RunningCentral,
    clock: SetClock,
    archive: ArchiveAt,
) -> None:
    folder = ReportFolder(tmp_path / "reports")
    folder.keep(sign(report, KEY), "<p>", MORNING)
    folder.keep(sign(report, KEY), "<p>", MORNING + timedelta(days=1))
    url, bodies = archive
    assert isinstance(folder.send("http://127.0.0.1:1", KEY, clock), KeptHere)
    kept = folder.send(central.url, KEY, clock)  # signed by a key that central does not know
    assert isinstance(kept, KeptHere)
    assert len(list((tmp_path / "reports").glob("*.unsent.json"))) == 2
    assert folder.send(url, KEY, clock) == Sent()
    assert [is_genuine(SignedReport.model_validate_json(body)) for body in bodies] == [True, True]
    assert folder.send(url, KEY, clock) == Sent()
    assert len(bodies) == 2
    assert not list((tmp_path / "reports").glob("*.unsent.json"))
    assert len(list((tmp_path / "reports").glob("*.html"))) == 2


def test_a_report_without_a_key_is_never_sent(
    tmp_path: Path, report: CommissioningReport, clock: SetClock, archive: ArchiveAt
) -> None:
    folder = ReportFolder(tmp_path / "reports")
    folder.keep(report, "<p>", MORNING)
    assert folder.send(archive[0], KEY, clock) == Sent()
    assert archive[1] == []


def test_the_signature_is_the_terminal_s(ward: Ward, report: CommissioningReport) -> None:
    assert ward.machine.settings is not None
    key = SigningKey.load(ward.machine.settings.terminal.data / "terminal.key")
    signed = sign(report, key)
    assert PublicKey(bytes.fromhex(signed.public_key)) == key.public
