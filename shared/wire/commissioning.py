"""A terminal's commissioning report on its way to central: what the doctor found, signed by the terminal."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from shared.wire.base import Hex32, Hex64, Instant, Name, Number, WireModel

PATH = "/v1/commissioning"
REPORT_SCHEMA = 1
MAX_FINDINGS = 200

Verdict = Literal["fit", "degraded", "not_fit", "not_seen"]
Fact = Annotated[str, StringConstraints(max_length=500)]


class FindingDocument(WireModel):
    """One finding: its kind in the catalogue, the device's name in the settings (empty: the machine), its facts."""

    key: Name
    severity: Literal["well", "note", "degraded", "unseen", "unfit"]
    device: Annotated[str, StringConstraints(max_length=64)] = ""
    facts: dict[str, Fact] = Field(default_factory=dict)
    sentence: Annotated[str, StringConstraints(max_length=1000)]  # in English, for a reader without the catalogue


class DeviceDocument(WireModel):
    """A device of the settings: how it is driven and where it is."""

    name: Name
    driver: Name
    address: Fact


class PluggedDocument(WireModel):
    """Something that is plugged in; `identity` is `VENDOR:PRODUCT`."""

    kind: Name
    path: Fact = ""
    identity: Fact = ""
    name: Fact = ""


class CommissioningReport(WireModel):
    """What the doctor found. It holds no secret and nothing of a person."""

    schema_version: Number = REPORT_SCHEMA
    terminal_id: Annotated[str, StringConstraints(max_length=64)]  # empty before the terminal is enrolled
    site_id: Annotated[str, StringConstraints(max_length=64)]
    made_at: Instant
    program: Name
    system: Fact
    verdict: Verdict
    findings: Annotated[list[FindingDocument], Field(max_length=MAX_FINDINGS)]
    devices: list[DeviceDocument]
    connected: list[PluggedDocument]


class SignedReport(WireModel):
    """`signature`: Ed25519 over the canonical form of `report` (shared.domain.canonical) by `public_key`.

    The report, a `CommissioningReport`, is kept as it came, for the signature is over all of it.
    """

    report: dict[str, JsonValue]
    public_key: Hex32
    signature: Hex64


class CommissioningReceipt(WireModel):
    """Central has the report; the same one again changes nothing."""

    outcome: Literal["stored", "duplicate"]


class CommissioningEntry(WireModel):
    """A report that central has; `report_id` is the SHA-256 of its canonical form."""

    report_id: Hex32
    terminal_id: Name
    verdict: Verdict
    made_at: Instant
    received_at: Instant


class CommissioningPage(WireModel):
    """The reports, the newest first."""

    reports: list[CommissioningEntry]
