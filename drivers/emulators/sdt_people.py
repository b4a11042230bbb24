"""Made-up people and their cards, one of each layout, written field after field as a card's chip holds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class CardLayout(Enum):
    """The value is the letter in the card's last field but one."""

    RESIDENT = " "
    HK_MACAO_TAIWAN = "J"
    FOREIGNER_2017 = "I"
    FOREIGNER_2023 = "Y"


@dataclass(frozen=True, slots=True)
class CardHolder:
    """Whoever a card is made out to. Dates as YYYYMMDD; `until` may be 长期."""

    layout: CardLayout
    name: str
    number: str
    sex: str = "1"
    birth: str = "19900307"
    latin_name: str = ""
    nationality: str = ""
    ethnic_group: str = "01"
    address: str = "北京市朝阳区示例路1号"
    authority: str = "北京市公安局朝阳分局"
    valid_from: str = "20200101"
    until: str = "20400101"
    portrait: bytes = field(default=bytes(1024), repr=False)


PEOPLE = {
    "resident": CardHolder(CardLayout.RESIDENT, "张三", "11010519491231002X", sex="1", birth="19491231"),
    "resident-for-ever": CardHolder(
        CardLayout.RESIDENT, "欧阳示例", "440301195512120047", sex="2", birth="19551212", until="长期"
    ),
    "child": CardHolder(CardLayout.RESIDENT, "李小示", "510104201806010016", sex="1", birth="20180601"),
    "taiwan": CardHolder(CardLayout.HK_MACAO_TAIWAN, "林示範", "830000199003071230", sex="1"),
    "hong-kong": CardHolder(CardLayout.HK_MACAO_TAIWAN, "陳範例", "810000198501020024", sex="2", birth="19850102"),
    "foreigner-2017": CardHolder(
        CardLayout.FOREIGNER_2017,
        "范例",
        "UTO110085070421",
        birth="19850704",
        latin_name="EXAMPLE, ANNA MARIA",
        nationality="UTO",
        authority="1500",
    ),
    "foreigner-2023": CardHolder(
        CardLayout.FOREIGNER_2023,
        "示例",
        "931018198507040028",
        sex="2",
        birth="19850704",
        latin_name="EXAMPLE, VERYLONGGIVENNAME MIDDLE ANOTHER",
        nationality="UTO",
    ),
}


def text_block(person: CardHolder) -> bytes:
    """The chip's 256 bytes: fields of fixed length in characters, one after the other, UTF-16LE."""
    match person.layout:
        case CardLayout.RESIDENT:
            characters = _front(person, person.ethnic_group) + _middle(person) + " " * 14
        case CardLayout.HK_MACAO_TAIWAN:
            characters = _front(person, "") + _middle(person) + _fixed("H12345678", 9) + "01" + " " * 3
        case CardLayout.FOREIGNER_2017:
            characters = _old_foreigner(person)
        case CardLayout.FOREIGNER_2023:
            characters = _new_foreigner(person)
    return _fixed(characters + person.layout.value, 128).encode("utf-16-le")


def _fixed(text: str, length: int) -> str:
    return f"{text[:length]:{length}}"


def _front(person: CardHolder, group: str) -> str:
    return _fixed(person.name, 15) + person.sex + _fixed(group, 2) + person.birth


def _middle(person: CardHolder) -> str:
    dates = person.valid_from + _fixed(person.until, 8)
    return _fixed(person.address, 35) + person.number + _fixed(person.authority, 15) + dates


def _old_foreigner(person: CardHolder) -> str:
    head = _fixed(person.latin_name, 60) + person.sex + _fixed(person.number, 15) + person.nationality
    dates = person.valid_from + _fixed(person.until, 8) + person.birth
    return head + _fixed(person.name, 15) + dates + "01" + _fixed(person.authority, 4)


def _new_foreigner(person: CardHolder) -> str:
    latin = _fixed(person.latin_name, 46)
    head = _front(person, "00") + latin[:35] + person.number
    return head + " " * 15 + person.valid_from + _fixed(person.until, 8) + latin[35:] + person.nationality
