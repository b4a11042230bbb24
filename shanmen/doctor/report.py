"""The commissioning report: what was found as one signed document, kept in the terminal's folder."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version

from shanmen.doctor.connected import Plugged
from shanmen.doctor.examination import Examination
from shanmen.doctor.finding import Finding, Verdict
from shanmen.doctor.machine import Machine
from shanmen.doctor.words import device_title
from shared.domain.canonical import canonical, instant_text
from shared.security.keys import PublicKey, SigningKey
from shared.wire.commissioning import (
    CommissioningReport,
    DeviceDocument,
    FindingDocument,
    PluggedDocument,
    SignedReport,
)

_LONGEST_FACT = 500
_VERDICTS = {
    Verdict.FIT: "fit",
    Verdict.DEGRADED: "degraded",
    Verdict.NOT_FIT: "not_fit",
    Verdict.NOT_SEEN: "not_seen",
}


def write_report(machine: Machine, seen: Examination, at: datetime) -> CommissioningReport:
    """The document. `at` is when it was made."""
    enrolled = next((finding.facts for finding in seen.findings if finding.key == "ENROLLED"), {})
    return CommissioningReport.model_validate(
        {
            "terminal_id": enrolled.get("terminal", ""),
            "site_id": enrolled.get("site", ""),
            "made_at": instant_text(at),
            "program": f"shanmen {version('shanmen')}",
            "system": f"{platform.platform(terse=True)} {platform.machine()}, Python {platform.python_version()}",
            "verdict": _VERDICTS[seen.verdict],
            "findings": [_finding(each) for each in seen.findings],
            "devices": [
                DeviceDocument(name=each.key, driver=each.driver, address=each.address) for each in machine.devices
            ],
            "connected": [_plugged(each) for each in seen.connected],
        }
    )


def sign(report: CommissioningReport, key: SigningKey) -> SignedReport:
    """Signed over the canonical form."""
    document = report.model_dump()
    return SignedReport(report=document, public_key=key.public.raw.hex(), signature=key.sign(canonical(document)).hex())


def is_genuine(signed: SignedReport) -> bool:
    """Whether the report is what the holder of its key signed."""
    key = PublicKey(bytes.fromhex(signed.public_key))
    return key.verifies(bytes.fromhex(signed.signature), canonical(signed.report))


def findings_of(report: CommissioningReport) -> Iterable[Finding]:
    """The findings as they were."""
    return (Finding(each.key, each.device, each.facts) for each in report.findings)


def _finding(finding: Finding) -> FindingDocument:
    return FindingDocument(
        key=finding.key,
        severity=finding.severity.value,
        device=finding.device,
        facts={name: value[:_LONGEST_FACT] for name, value in finding.facts.items()},
        sentence=finding.sentence("en", device_title(finding.device, "en"))[: 2 * _LONGEST_FACT],
    )


def _plugged(plugged: Plugged) -> PluggedDocument:
    return PluggedDocument(kind=plugged.kind, path=plugged.path, identity=plugged.identity, name=plugged.name)
