"""A claim on the wire: the code as terminals make it, and nothing that could be mistaken for one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shared.selling.fresh import RandomIds
from shared.wire.claims import ClaimDocument, ClaimHonouring

DOCUMENT = {
    "terminal_id": "kiosk-1",
    "kind": "sale",
    "subject": "261123-7KQ2M9XA",
    "sale_id": "261123-7KQ2M9XA",
    "reason": "printer",
    "issued_at": "2026-11-23T01:12:03.000123Z",
    "currency": "CNY",
    "minor": 30000,
    "certain": True,
    "tickets": ["F04A-8E6B-27C5"],
}


def test_a_claim_survives_the_wire_under_any_code_that_a_terminal_makes() -> None:
    for _ in range(200):
        document = ClaimDocument.model_validate({**DOCUMENT, "code": RandomIds().claim_code()})
        assert ClaimDocument.model_validate_json(document.model_dump_json()) == document


@pytest.mark.parametrize("code", ["", "7KQ2M9XA", "7KQ2-M9XI", "7kq2-m9xa", "7KQ2-M9XA-", " 7KQ2-M9XA"])
def test_what_is_no_claim_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        ClaimDocument.model_validate({**DOCUMENT, "code": code})


@pytest.mark.parametrize("how", ["ticket", "", "both"])
def test_a_claim_is_honoured_in_tickets_or_money(how: str) -> None:
    with pytest.raises(ValidationError):
        ClaimHonouring.model_validate({"approved_by": "bea", "how": how})
