"""The report as one page for people: verdict, what is to be done, what is well, devices, and the test ticket."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from importlib import resources

from shanmen.doctor.finding import Finding, Severity
from shanmen.doctor.report import findings_of
from shanmen.doctor.words import device_title, say
from shared.wire.commissioning import CommissioningReport

_ORDER = (Severity.UNFIT, Severity.UNSEEN, Severity.DEGRADED, Severity.NOTE, Severity.WELL)


def in_html(report: CommissioningReport, signer: str, language: str, picture: bytes | None) -> str:
    """A page that needs nothing else. `signer`: the key's short name, empty when not signed; `picture`: a PNG."""
    parts = [
        f"<h1>{_t('title', language)}</h1>",
        f'<p class="verdict {report.verdict}">{escape(say("verdict", report.verdict.upper(), language))}</p>',
        _facts(report, signer, language),
        *_groups(list(findings_of(report)), language),
        _devices(report, language),
        _connected(report, language),
    ]
    if picture is not None:
        data = base64.b64encode(picture).decode("ascii")
        parts.append(f'<h2>{_t("test-ticket", language)}</h2><img alt="" src="data:image/png;base64,{data}">')
    style = resources.files("shanmen.doctor").joinpath("page.css").read_text("utf-8")
    head = f'<meta charset="utf-8"><title>{_t("title", language)}</title><style>{style}</style>'
    body = "\n".join(parts)
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>\n{body}\n</body></html>\n'


def _facts(report: CommissioningReport, signer: str, language: str) -> str:
    made = datetime.fromisoformat(report.made_at).astimezone()
    rows = {
        "terminal": " · ".join(part for part in (report.terminal_id, report.site_id) if part) or "-",
        "made": f"{made:%Y-%m-%d %H:%M:%S %Z}",
        "version": f"{report.program}; {report.system}",
        "signed": signer or say("page", "unsigned", language),
    }
    return "<dl>" + "".join(f"<dt>{_t(k, language)}</dt><dd>{escape(v)}</dd>" for k, v in rows.items()) + "</dl>"


def _groups(findings: Sequence[Finding], language: str) -> Iterator[str]:
    """The worst first."""
    for severity in _ORDER:
        rows = [_row(finding, language) for finding in findings if finding.severity is severity]
        if rows:
            yield f"<h2>{escape(say('severity', severity.value, language))}</h2><ul>{''.join(rows)}</ul>"


def _row(finding: Finding, language: str) -> str:
    title = device_title(finding.device, language)
    remedy = finding.remedy(language, title)
    to_do = f"<p><b>{_t('remedy', language)}:</b> {_with_commands(remedy)}</p>" if remedy else ""
    words = escape(finding.sentence(language, title))
    return f'<li class="{finding.severity.value}"><code>{finding.key}</code>{words}{to_do}</li>'


def _with_commands(text: str) -> str:
    """What stands between backticks is to be typed."""
    return re.sub("`([^`]+)`", r"<kbd>\1</kbd>", escape(text))


def _devices(report: CommissioningReport, language: str) -> str:
    if not report.devices:
        return ""
    head = f"<tr><th></th><th>{_t('driver', language)}</th><th>{_t('address', language)}</th></tr>"
    rows = (
        f"<tr><td>{escape(device_title(each.name, language))}</td><td>{escape(each.driver)}</td>"
        f"<td>{escape(each.address)}</td></tr>"
        for each in report.devices
    )
    return f"<h2>{_t('devices', language)}</h2><table>{head}{''.join(rows)}</table>"


def _connected(report: CommissioningReport, language: str) -> str:
    rows = (
        f"<tr><td>{escape(each.kind)}</td><td>{escape(each.identity)}</td><td>{escape(each.name)}</td>"
        f"<td>{escape(each.path)}</td></tr>"
        for each in report.connected
    )
    table = "".join(rows) or f"<tr><td>{_t('nothing', language)}</td></tr>"
    return f"<h2>{_t('connected', language)}</h2><table>{table}</table>"


def _t(name: str, language: str) -> str:
    return escape(say("page", name, language))
