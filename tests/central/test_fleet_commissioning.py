"""The doctor's reports at central, sent as the doctor sends them."""

from __future__ import annotations

from pathlib import Path

from shanmen.doctor.keeping import KeptHere, ReportFolder, Sent
from shanmen.doctor.report import is_genuine, sign
from shared.domain.canonical import canonical
from shared.security.keys import SigningKey
from shared.wire.commissioning import CommissioningReport, SignedReport
from shared.wire.problem import Problem
from tests.central.world import MORNING, RunningCentral, Terminal, problem


def report(terminal_id: str = "") -> CommissioningReport:
    return CommissioningReport(
        terminal_id=terminal_id,
        site_id="hill",
        made_at="2026-11-23T01:00:00.000000Z",
        program="shanmen 1",
        system="Linux",
        verdict="degraded",
        findings=[],
        devices=[],
        connected=[],
    )


def test_what_the_doctor_kept_arrives_once_and_is_read_as_it_was_signed(
    central: RunningCentral, tmp_path: Path
) -> None:
    kiosk, window = Terminal(central).enrol(), Terminal(central).enrol(mode="window")
    folder = ReportFolder(tmp_path / "commissioning")
    signed = sign(report(kiosk.terminal_id), kiosk.key)
    folder.keep(signed, "<p>page</p>", MORNING)
    assert folder.send(central.url, kiosk.key, central.clock) == Sent()
    again = kiosk.call("POST", "/v1/commissioning", signed.model_dump())
    assert again.json() == {"outcome": "duplicate"}
    (entry,) = window.call("GET", "/v1/commissioning").json()["reports"]
    assert (entry["terminal_id"], entry["verdict"]) == (kiosk.terminal_id, "degraded")
    read = SignedReport.model_validate(window.call("GET", f"/v1/commissioning/{entry['report_id']}").json())
    assert read == signed
    assert is_genuine(read)


def test_a_report_that_is_not_the_terminals_own_is_refused(central: RunningCentral) -> None:
    kiosk = Terminal(central).enrol()

    def told(signed: SignedReport) -> int:
        return problem(kiosk.call("POST", "/v1/commissioning", signed.model_dump()))

    genuine = sign(report(), kiosk.key)
    altered = genuine.model_copy(update={"report": {**genuine.report, "verdict": "fit"}})
    odd = {**genuine.report, "verdict": "splendid"}
    unknown = genuine.model_copy(update={"report": odd, "signature": kiosk.key.sign(canonical(odd)).hex()})
    broken = genuine.model_copy(update={"report": {**genuine.report, "share": 0.5}})
    assert told(altered) == Problem.WRONG_SIGNATURE.number
    assert told(sign(report(), SigningKey.generate())) == Problem.WRONG_SIGNATURE.number
    assert told(sign(report("t-other"), kiosk.key)) == Problem.INVALID.number
    assert told(unknown) == Problem.INVALID.number
    assert told(broken) == Problem.INVALID.number


def test_a_report_stays_with_a_terminal_that_central_does_not_know(central: RunningCentral, tmp_path: Path) -> None:
    key = SigningKey.generate()
    folder = ReportFolder(tmp_path / "commissioning")
    folder.keep(sign(report(), key), "", MORNING)
    assert isinstance(folder.send(central.url, key, central.clock), KeptHere)
