"""One visitor document comes out of all readers, judged once more by the domain."""

from __future__ import annotations

from datetime import date

import pytest

from drivers.contracts.identity import DocumentRead, IdentityDetails, IdentityKind
from drivers.emulators.sdt_people import PEOPLE, text_block
from drivers.emulators.zone_writer import zone
from drivers.identity.mrz.details import judge
from drivers.identity.mrz.zone import read_zone
from drivers.identity.sdt.card import read_card
from shared.domain.visitor import DocumentKind, DocumentProblem, VisitorDocumentError
from shared.identity.documents import visitor_document
from tests.identity.test_zone import HOLDER, TODAY


def test_the_kinds_have_one_spelling() -> None:
    assert {kind.value for kind in IdentityKind} == {kind.value for kind in DocumentKind}


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_every_card_is_a_document(name: str) -> None:
    read = read_card(b"\x01\x00\x00\x00" + text_block(PEOPLE[name]))
    assert isinstance(read, DocumentRead)
    document = visitor_document(read)
    assert (document.number, document.holder) == (PEOPLE[name].number, PEOPLE[name].name)
    assert document.birth is not None


def test_a_passport_is_a_document() -> None:
    read = judge(read_zone(zone(HOLDER, "TD3")), TODAY)
    assert isinstance(read, DocumentRead)
    document = visitor_document(read)
    assert (document.kind, document.number) == (DocumentKind.PASSPORT, HOLDER.number)
    assert (document.holder, document.nationality) == ("MUELLER OESTER, JOERG", "D")
    assert document.problem_on(date(2027, 3, 1)) is DocumentProblem.EXPIRED


def test_what_contradicts_itself_is_refused_again() -> None:
    details = IdentityDetails(IdentityKind.RESIDENT_CARD, "11010519491231002X", birth=date(1950, 1, 1))
    with pytest.raises(VisitorDocumentError):
        visitor_document(DocumentRead(details))
