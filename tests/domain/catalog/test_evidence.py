"""Who belongs to a category, by what was shown."""

from __future__ import annotations

from datetime import date

import pytest

from shared.domain.catalog.evidence import (
    AgeRange,
    Anyone,
    Certificate,
    Eligibility,
    HeightBelow,
    Resident,
    Verdict,
    age_on,
    judge,
)
from shared.domain.pricing import PartyMember

VISIT = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1966, 11, 23), VISIT, 60),
        (date(1966, 11, 24), VISIT, 59),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_is_in_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("condition", "shown", "verdict"),
    [
        (Anyone(), PartyMember("a"), "proven"),
        (AgeRange(60, None), PartyMember("a"), "unproven"),
        (AgeRange(60, None), PartyMember("a", date(1950, 1, 1)), "proven"),
        (AgeRange(6, 17), PartyMember("a", date(1950, 1, 1)), "refused"),
        (AgeRange(6, 17), PartyMember("a", date(2024, 1, 1)), "refused"),
        (Certificate(("soldier", "student")), PartyMember("a", certificates=("student",)), "proven"),
        (Certificate(("soldier",)), PartyMember("a", certificates=("student",)), "unproven"),
        (Resident(("3305", "3306")), PartyMember("a", region="330602"), "proven"),
        (Resident(("3305",)), PartyMember("a", region="110101"), "refused"),
        (Resident(("3305",)), PartyMember("a"), "unproven"),
        (HeightBelow(120), PartyMember("a", height_cm=119), "proven"),
        (HeightBelow(120), PartyMember("a", height_cm=120), "refused"),
    ],
)
def test_a_condition_is_judged_by_what_was_shown(condition: Eligibility, shown: PartyMember, verdict: Verdict) -> None:
    assert judge(condition, shown, VISIT) == verdict
