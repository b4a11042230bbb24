"""What the cashier reads of a check: one word large, one sentence, and the ticket's facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from boxoffice.ticket_check.check import ForgedTicket, GenuineTicket, OtherCode, State, Waiting
from i18n.loader import Translator
from shared.domain.ticket_facts import Standing, TicketFacts
from shared.security.ticket_code import ForgedReason


class Tone(Enum):
    """The colour a result is shown in; the words say the same without it."""

    QUIET = "quiet"
    GOOD = "good"
    CAREFUL = "careful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A result in words. `rows` are labels and values."""

    tone: Tone
    headline: str
    sentence: str
    rows: tuple[tuple[str, str], ...] = ()


def verdict(state: State, words: Translator) -> Verdict:
    """The words for a state."""
    match state:
        case Waiting():
            ready = words.gettext("Ready")
            return Verdict(Tone.QUIET, ready, words.gettext("Scan the code on a ticket, or type it and press Enter."))
        case GenuineTicket(facts, how):
            return _genuine(facts, how, words)
        case ForgedTicket(reason):
            return Verdict(Tone.BAD, words.gettext("Forged"), _forged(reason, words))
        case OtherCode():
            advice = words.gettext("This code is not one of our tickets. Scan the large code on the ticket's stub.")
            return Verdict(Tone.BAD, words.gettext("Not a ticket"), advice)
        case _:
            assert_never(state)


def _genuine(facts: TicketFacts, how: Standing, words: Translator) -> Verdict:
    genuine = words.gettext("Genuine")
    day = words.date(facts.entry.date())
    match how:
        case Standing.VALID:
            sentence = words.gettext("Valid now. Only the gate knows whether it was used.")
            return Verdict(Tone.GOOD, genuine, sentence, _rows(facts, words))
        case Standing.LATER_TODAY:
            headline = words.gettext("Genuine, later today")
            sentence = words.gettext("Entry from {time}.").format(time=words.time(facts.valid_from))
        case Standing.OVER_TODAY:
            headline = words.gettext("Genuine, time is over")
            sentence = words.gettext("It ended at {time}.").format(time=words.time(facts.valid_to))
        case Standing.OTHER_DAY:
            headline = words.gettext("Genuine, another day")
            sentence = words.gettext("It is for {day}.").format(day=day)
        case _:
            assert_never(how)
    return Verdict(Tone.CAREFUL, headline, sentence, _rows(facts, words))


def _forged(reason: ForgedReason, words: Translator) -> str:
    match reason:
        case ForgedReason.UNKNOWN_KEY:
            return words.gettext("It was signed by none of our ticket machines. Keep the ticket and call a supervisor.")
        case ForgedReason.BAD_SIGNATURE:
            return words.gettext("Its content was changed. Keep the ticket and call a supervisor.")
        case _:
            assert_never(reason)


def _rows(facts: TicketFacts, words: Translator) -> tuple[tuple[str, str], ...]:
    unknown = words.gettext("Product {code}, not in the catalogue").format(code=facts.product_code)
    product = words.local(facts.product) if facts.product else unknown
    entry = f"{words.date(facts.entry.date())} {words.time(facts.entry)}"
    rows = (
        (words.gettext("Product"), product),
        (words.gettext("Entry"), entry),
        (words.gettext("Valid"), f"{words.time(facts.valid_from)} – {words.time(facts.valid_to)}"),
        (words.gettext("Serial"), facts.serial),
        (words.gettext("Sold by"), facts.owner),
    )
    if not facts.reissues:
        return rows
    return (*rows, (words.gettext("Reissued"), words.gettext("This ticket replaces one that was voided.")))
