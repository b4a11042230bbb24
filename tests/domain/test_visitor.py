"""Identity documents: made-up people, numbers with right and wrong check digits, nothing personal in a repr."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.catalog.evidence import age_on
from shared.domain.visitor import (
    DocumentKind,
    DocumentProblem,
    VisitorDocument,
    VisitorDocumentError,
    gb11643_check_digit,
    icao9303_check_digit,
)

RESIDENT = "11010519491231002X"  # the specimen of GB 11643
BORN = date(1949, 12, 31)


def numbered(first17: str) -> str:
    return first17 + gb11643_check_digit(first17)


PERMIT = numbered("83000019900307123")
FOREIGNER = numbered("93101819850704002")


def problem_of(kind: DocumentKind, number: str, **said: object) -> DocumentProblem:
    with pytest.raises(VisitorDocumentError) as caught:
        VisitorDocument(kind, number, **said)  # type: ignore[arg-type]
    assert not number.strip() or number not in str(caught.value)
    return caught.value.problem


def test_a_resident_number_says_birth_sex_and_region() -> None:
    document = VisitorDocument(DocumentKind.RESIDENT_CARD, RESIDENT, " 张三 ")
    assert (document.birth, document.sex, document.region) == (BORN, "female", "110105")
    assert (document.holder, document.masked) == ("张三", "****002X")


@pytest.mark.parametrize(
    "typed",
    [" 110105 19491231 002x ", "１１０１０５１９４９１２３１００２ｘ", "110105-19491231-002X", "11010519491231002Ｘ"],
)
def test_however_it_is_typed_it_is_one_number(typed: str) -> None:
    assert VisitorDocument(DocumentKind.RESIDENT_CARD, typed).number == RESIDENT


def test_nothing_of_a_person_is_in_the_repr() -> None:
    document = VisitorDocument(
        DocumentKind.PASSPORT, "L898902C3", "ANNA MARIA ERIKSSON", date(1974, 8, 12), "UTO", date(2012, 4, 15)
    )
    assert repr(document) == f"VisitorDocument(kind={DocumentKind.PASSPORT!r})"


@pytest.mark.parametrize(
    ("kind", "number", "problem"),
    [
        (DocumentKind.RESIDENT_CARD, "  ", DocumentProblem.NO_NUMBER),
        (DocumentKind.RESIDENT_CARD, RESIDENT[:-1], DocumentProblem.WRONG_FORM),
        (DocumentKind.RESIDENT_CARD, "110105491231002", DocumentProblem.WRONG_FORM),  # the first generation's 15
        (DocumentKind.RESIDENT_CARD, "110105194912310021", DocumentProblem.WRONG_CHECK_DIGIT),
        (DocumentKind.RESIDENT_CARD, numbered("11010519490231002"), DocumentProblem.WRONG_BIRTH),
        (DocumentKind.RESIDENT_CARD, PERMIT, DocumentProblem.OTHER_KIND),
        (DocumentKind.RESIDENT_CARD, FOREIGNER, DocumentProblem.OTHER_KIND),
        (DocumentKind.HK_MACAO_TAIWAN_PERMIT, RESIDENT, DocumentProblem.OTHER_KIND),
        (DocumentKind.FOREIGN_PERMANENT_RESIDENT, RESIDENT, DocumentProblem.OTHER_KIND),
        (DocumentKind.FOREIGN_PERMANENT_RESIDENT, "UT0310119850704", DocumentProblem.WRONG_FORM),
        (DocumentKind.PASSPORT, "L8989!2C3", DocumentProblem.WRONG_FORM),
        (DocumentKind.PASSPORT, "123", DocumentProblem.WRONG_FORM),
        (DocumentKind.RESIDENT_CARD, "二" * 18, DocumentProblem.WRONG_FORM),
    ],
)
def test_what_is_wrong_has_a_name(kind: DocumentKind, number: str, problem: DocumentProblem) -> None:
    assert problem_of(kind, number) is problem


def test_a_birth_that_contradicts_the_number_is_refused() -> None:
    assert VisitorDocument(DocumentKind.RESIDENT_CARD, RESIDENT, birth=BORN).birth == BORN
    other = BORN + timedelta(days=1)
    assert problem_of(DocumentKind.RESIDENT_CARD, RESIDENT, birth=other) is DocumentProblem.WRONG_BIRTH


def test_permits_and_foreign_residents() -> None:
    permit = VisitorDocument(DocumentKind.HK_MACAO_TAIWAN_PERMIT, PERMIT)
    assert (permit.birth, permit.sex, permit.region) == (date(1990, 3, 7), "male", "830000")
    newer = VisitorDocument(DocumentKind.FOREIGN_PERMANENT_RESIDENT, FOREIGNER)
    assert (newer.birth, newer.sex, newer.region) == (date(1985, 7, 4), "female", None)
    older = VisitorDocument(DocumentKind.FOREIGN_PERMANENT_RESIDENT, "uto310185070412")
    assert (older.nationality, older.birth) == ("UTO", None)


@pytest.mark.parametrize(
    ("field", "digit"), [("L898902C3", "6"), ("740812", "2"), ("120415", "9"), ("ZE184226B<<<<<", "1")]
)
def test_the_specimen_of_icao_9303(field: str, digit: str) -> None:
    assert icao9303_check_digit(field) == digit


@pytest.mark.parametrize(
    ("zone", "problem"),
    [
        ("L898902C37", DocumentProblem.WRONG_CHECK_DIGIT),
        ("L898902C26", DocumentProblem.WRONG_FORM),  # another number than the one given
        ("l898902c36", DocumentProblem.WRONG_FORM),
    ],
)
def test_a_machine_readable_zone_must_agree(zone: str, problem: DocumentProblem) -> None:
    assert VisitorDocument(DocumentKind.PASSPORT, "L898902C3", mrz_number="L898902C36").number == "L898902C3"
    assert problem_of(DocumentKind.PASSPORT, "L898902C3", mrz_number=zone) is problem


def test_a_short_number_is_the_same_typed_and_from_a_zone() -> None:
    zone = "D23145890"  # the specimen of ICAO 9303-6 fills nine; a shorter one is filled up
    assert VisitorDocument(DocumentKind.PASSPORT, zone, mrz_number=zone + icao9303_check_digit(zone)).number == zone
    filled = "AB-1234"
    field = "AB<1234<<"
    document = VisitorDocument(DocumentKind.PASSPORT, filled, mrz_number=field + icao9303_check_digit(field))
    assert document.number == "AB1234"
    assert document.masked == "****234"


@pytest.mark.parametrize(("given_", "kept"), [("d<<", "D"), ("chn", "CHN"), ("", "")])
def test_nationalities(given_: str, kept: str) -> None:
    assert VisitorDocument(DocumentKind.PASSPORT, "L898902C3", nationality=given_).nationality == kept


def test_a_wrong_nationality_is_refused() -> None:
    assert problem_of(DocumentKind.PASSPORT, "L898902C3", nationality="12") is DocumentProblem.WRONG_NATIONALITY
    other = problem_of(DocumentKind.FOREIGN_PERMANENT_RESIDENT, "UTO310185070412", nationality="CHN")
    assert other is DocumentProblem.WRONG_NATIONALITY


def test_age_and_validity_on_a_day() -> None:
    document = VisitorDocument(DocumentKind.RESIDENT_CARD, RESIDENT, expiry=date(2026, 11, 23))
    assert [document.age_on(date(2009, 12, day)) for day in (30, 31)] == [59, 60]
    assert document.problem_on(date(2026, 11, 23)) is None
    assert document.problem_on(date(2026, 11, 24)) is DocumentProblem.EXPIRED
    assert document.problem_on(date(1949, 1, 1)) is DocumentProblem.NOT_YET_BORN
    assert VisitorDocument(DocumentKind.PASSPORT, "L898902C3").age_on(BORN) is None


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, by: int) -> None:
    wrong = RESIDENT[:place] + str((int(RESIDENT[place]) + by) % 10) + RESIDENT[place + 1 :]
    assert gb11643_check_digit(wrong[:17]) != wrong[17]


@given(st.dates(date(1900, 1, 1), date(2026, 11, 23)), st.integers(0, 999))
def test_every_date_of_birth_is_read_back(birth: date, sequence: int) -> None:
    document = VisitorDocument(DocumentKind.RESIDENT_CARD, numbered(f"110105{birth:%Y%m%d}{sequence:03}"))
    assert document.birth == birth
    assert document.age_on(date(2026, 11, 23)) == age_on(birth, date(2026, 11, 23))


@given(st.text(max_size=30))
def test_any_text_is_a_document_or_a_named_problem(text: str) -> None:
    for kind in DocumentKind:
        try:
            document = VisitorDocument(kind, text)
        except VisitorDocumentError:
            continue
        assert VisitorDocument(kind, document.number) == document


def test_check_digits_refuse_other_characters() -> None:
    with pytest.raises(ValueError, match="17 digits"):
        gb11643_check_digit("123")
    with pytest.raises(ValueError, match="machine-readable"):
        icao9303_check_digit("AB 1")
