"""Machine-readable zones: five formats, every check digit, repairs, days, names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts.identity import (
    ConfirmationNeeded,
    DocumentRead,
    DocumentUnreadable,
    Doubt,
    IdentityDetails,
    IdentityKind,
    UnreadableReason,
)
from drivers.emulators.zone_writer import ZoneHolder, ZoneSize, zone
from drivers.identity.mrz.alphabet import CHARACTERS
from drivers.identity.mrz.days import NoSuchDay, birth_day, expiry_day
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.names import name_of
from drivers.identity.mrz.zone import NoZone, Zone, read_zone

TODAY = date(2026, 11, 23)
HOLDER = ZoneHolder("Müller-Øster", "Jörg", "C01X00T47", "D", "640812", "M", "270228")
SIZES: tuple[ZoneSize, ...] = ("TD1", "TD2", "TD3", "MRV-A", "MRV-B")
CODES = {"TD1": "I", "TD2": "I", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}
# The specimens of ICAO 9303, parts 4 to 7, with a state that exists in place of UTO where a digit does not cover it.
SPECIMENS = {
    "TD3": ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
    "TD1": ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"),
    "TD1 with a long number": (
        "I<UTOD23145890<7349<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<",
    ),
    "TD2": ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
    "MRV-A": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"),
    "MRV-B": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"),
}


def details_of(lines: tuple[str, ...]) -> IdentityDetails:
    answer = judge(read_zone(lines), TODAY)
    assert isinstance(answer, DocumentRead | ConfirmationNeeded), answer
    return answer.details


def people() -> st.SearchStrategy[ZoneHolder]:
    letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)
    number = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=4, max_size=9)
    return st.builds(
        ZoneHolder,
        surname=letters,
        given=letters,
        number=number,
        nationality=st.sampled_from(["CHN", "KOR", "D", "FRA", "JPN"]),
        birth=st.sampled_from(["000229", "640812", "991231", "<<<<<<", "85<<<<"]),
        sex=st.sampled_from("MFX<"),
        expiry=st.sampled_from(["270228", "351231"]),
        optional=st.text("ABC0123456789<", max_size=7),
    )


@pytest.mark.parametrize("name", sorted(SPECIMENS))
def test_the_published_specimens(name: str) -> None:
    answer = judge(read_zone(SPECIMENS[name]), TODAY)
    assert isinstance(answer, ConfirmationNeeded), "Utopia is no state"
    assert answer.doubts == {Doubt.UNKNOWN_STATE}
    surname = "STEVENSON, PETER JOHN" if "long" in name else "ERIKSSON, ANNA MARIA"
    assert answer.details.latin_name == surname


def test_a_long_number_is_put_together() -> None:
    details = details_of(SPECIMENS["TD1 with a long number"])
    assert (details.number, details.mrz_number) == ("D23145890734", "D231458907349")
    long = replace(HOLDER, number="D2314589071", code="I")
    assert [details_of(zone(long, size)).number for size in ("TD1", "TD2")] == ["D2314589071"] * 2


@pytest.mark.parametrize("size", SIZES)
@given(person=people())
def test_what_is_written_is_read(size: ZoneSize, person: ZoneHolder) -> None:
    answer = judge(read_zone(zone(replace(person, code=CODES[size]), size)), TODAY)
    assert isinstance(answer, DocumentRead)
    details = answer.details
    assert (details.number, details.nationality) == (person.number, person.nationality)
    assert details.latin_name == f"{person.surname}, {person.given}"[: 90 if size != "TD1" else 29]
    assert details.sex == {"M": "male", "F": "female"}.get(person.sex, "")
    assert details.kind is (IdentityKind.PASSPORT if size == "TD3" else IdentityKind.OTHER)


def test_germany_is_one_letter() -> None:
    details = details_of(zone(HOLDER, "TD3"))
    assert (details.nationality, details.issuer) == ("D", "D")
    assert details.latin_name == "MUELLER OESTER, JOERG"


@pytest.mark.parametrize("size", SIZES)
def test_one_wrong_digit_anywhere_that_is_checked_is_refused(size: ZoneSize) -> None:
    lines = zone(replace(HOLDER, code=CODES[size]), size)
    text, width = "".join(lines), len(lines[0])
    known = read_zone(lines)
    assert isinstance(known, Zone)
    for place in [*known.known.number, *known.known.birth, *known.known.expiry]:
        wrong = str((int(text[place]) + 1) % 10) if text[place].isdigit() else "7"
        changed = text[:place] + wrong + text[place + 1 :]
        cut = tuple(changed[at : at + width] for at in range(0, len(changed), width))
        assert isinstance(read_zone(cut, repair=False), NoZone), place


@given(st.sampled_from(SIZES), st.data())
def test_a_misread_number_is_never_taken_without_a_person(size: ZoneSize, data: st.DataObject) -> None:
    """One look-alike in a checked place: refused, or put right and doubted."""
    lines = zone(replace(HOLDER, number="B0I5S8Z2G", code=CODES[size]), size)
    text, width = "".join(lines), len(lines[0])
    known = read_zone(lines)
    assert isinstance(known, Zone)
    place = data.draw(st.sampled_from([*known.known.number, *known.known.birth, *known.known.expiry]))
    twin = dict(zip("0O1I2Z5S8B", "O0I1Z2S5B8", strict=True)).get(text[place])
    if twin is None:
        return
    changed = text[:place] + twin + text[place + 1 :]
    answer = judge(read_zone(tuple(changed[at : at + width] for at in range(0, len(changed), width))), TODAY)
    assert isinstance(answer, DocumentUnreadable) or Doubt.REPAIRED in getattr(answer, "doubts", ())


def test_a_letter_in_a_date_is_put_right_and_doubted() -> None:
    first, second = zone(HOLDER, "TD3")
    answer = judge(read_zone((first, second[:13] + second[13:20].replace("0", "O") + second[20:])), TODAY)
    assert isinstance(answer, ConfirmationNeeded)
    assert answer.doubts == {Doubt.REPAIRED}
    assert answer.confirmed() == DocumentRead(details_of((first, second)))


def test_two_ways_to_repair_are_none() -> None:
    first, second = SPECIMENS["TD3"]
    assert read_zone((first, second.replace("L898902C3", "LB98902C3"))) == NoZone(UnreadableReason.CHECK_DIGIT)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("",),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",),
        SPECIMENS["TD3"][::-1],
        tuple(line.lower() for line in SPECIMENS["TD3"]),
        tuple(line + "<" for line in SPECIMENS["TD3"]),
        ("<" * 44, "<" * 44),
        ("P" * 44, "0" * 44),
        ("é" * 44, "0" * 44),
    ],
)
def test_what_is_no_zone(lines: tuple[str, ...]) -> None:
    assert isinstance(read_zone(lines), NoZone)


@given(st.lists(st.text(CHARACTERS, min_size=30, max_size=44), min_size=1, max_size=3))
def test_no_text_raises(lines: list[str]) -> None:
    judge(read_zone(tuple(lines)), TODAY)


@given(st.sampled_from(sorted(SPECIMENS)), st.lists(st.tuples(st.integers(0, 87), st.sampled_from(CHARACTERS))))
def test_whatever_is_changed_the_answer_is_whole(name: str, changes: list[tuple[int, str]]) -> None:
    lines = SPECIMENS[name]
    text, width = list("".join(lines)), len(lines[0])
    for place, character in changes:
        text[place % len(text)] = character
    changed = "".join(text)
    judge(read_zone(tuple(changed[at : at + width] for at in range(0, len(changed), width))), TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("261123", date(2026, 11, 23)),
        ("261124", date(1926, 11, 24)),
        ("000229", date(2000, 2, 29)),
        ("640812", date(1964, 8, 12)),
        ("85<<<<", None),
        ("<<<<<<", None),
        ("230229", NoSuchDay()),
        ("851301", NoSuchDay()),
        ("280229", date(1928, 2, 29)),
    ],
)
def test_the_century_of_a_birth(text: str, day: date | NoSuchDay | None) -> None:
    assert birth_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("351231", date(2035, 12, 31)), ("991231", date(1999, 12, 31)), ("<<<<<<", None), ("351301", NoSuchDay())],
)
def test_the_century_of_an_expiry(text: str, day: date | NoSuchDay | None) -> None:
    assert expiry_day(text, TODAY) == day


def test_a_zone_with_a_day_that_is_none_is_refused() -> None:
    impossible = replace(HOLDER, birth="641345")
    assert judge(read_zone(zone(impossible, "TD3")), TODAY) == DocumentUnreadable(UnreadableReason.CHECK_DIGIT)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<", "ERIKSSON, ANNA MARIA"),
        ("ARKFREITH<<<<<<<<<<<<<<<", "ARKFREITH"),
        ("VAN<DER<MUELLEN<<C<<<<<<", "VAN DER MUELLEN, C"),
        ("<<<<<<<<<<<<", ""),
    ],
)
def test_names(field: str, name: str) -> None:
    assert name_of(field) == name
