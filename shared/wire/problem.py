"""Problem documents (RFC 9457): what central answers when it does not do what was asked, by number."""

from __future__ import annotations

from enum import Enum

from pydantic import ConfigDict

from shared.wire.base import Count, WireModel

MEDIA_TYPE = "application/problem+json"


class Problem(Enum):
    """Every problem: its number, its HTTP status and its title. A number is never used again for another meaning."""

    BAD_REQUEST = (1000, 400, "The request is not well formed")
    NOT_FOUND = (1001, 404, "There is nothing at this address")
    METHOD_NOT_ALLOWED = (1002, 405, "This address does not take that method")
    TOO_LARGE = (1003, 413, "The request is larger than the limit")
    INVALID = (1004, 422, "The request does not have the agreed form")
    NOT_READY = (1005, 503, "Central is not ready")
    INTERNAL = (1006, 500, "Central has a fault of its own")
    UNSIGNED = (1100, 401, "The request is not signed as agreed")
    WRONG_SIGNATURE = (1101, 401, "The signature is not genuine")
    WRONG_TIME = (1102, 401, "The signature was made too long ago or in the future")
    REPLAYED = (1103, 401, "This request was already made")
    UNKNOWN_TERMINAL = (1104, 401, "No terminal in service has this key")
    QUARANTINED = (1105, 403, "The terminal is in quarantine")
    NOT_A_WINDOW = (1106, 403, "Only a terminal of the box office may ask this")
    CODE_REFUSED = (1200, 403, "The enrolment code is unknown, used up or out of date")
    SEQUENCE_GAP = (1300, 409, "Events are missing before this batch")
    FORKED = (1301, 409, "Another event was already received under this number")
    BROKEN_CHAIN = (1302, 422, "An event does not continue the journal or is not signed by the terminal")
    WRONG_JOURNAL = (1303, 422, "An event is of another terminal or epoch, or out of order")
    UNKNOWN_EXCEPTION = (1304, 404, "There is no such exception, or it is settled")
    STILL_UNFIT = (1305, 409, "The event still does not fit")
    UNKNOWN_LEASE = (1400, 404, "The terminal has no such lease")
    WRONG_SETTLEMENT = (1401, 409, "The settlement contradicts what is known of the lease")
    UNKNOWN_SLOT = (1402, 404, "There is no such slot")
    FULL = (1403, 409, "So many places are not free")
    UNKNOWN_TICKET = (1404, 404, "There is no such ticket")
    UNKNOWN_BOOKING = (1600, 404, "There is no such booking")
    HOLD_EXPIRED = (1601, 409, "The hold has run out")
    WRONG_STATE = (1602, 409, "The booking is not in a state for this")
    REFERENCE_USED = (1603, 409, "The channel has used this reference before")
    NO_PRICE = (1604, 409, "There is no price for this")
    NOT_REFUNDABLE = (1605, 409, "The booking cannot be taken back any more")
    NO_MONEY = (1606, 402, "The account's deposit or credit line does not cover this")
    COLLECTED_ELSEWHERE = (1607, 409, "Another terminal collects this booking")
    KEY_REFUSED = (1700, 401, "The key is unknown, revoked or missing")
    OUT_OF_SCOPE = (1701, 403, "The key's channel may not do this")
    KEY_NEEDED = (1702, 400, "This needs an Idempotency-Key")
    KEY_REUSED = (1703, 422, "The same Idempotency-Key came with another request")
    TOO_MANY = (1704, 429, "The channel asks more than it may")
    BUSY = (1500, 429, "Central asks to wait")

    @property
    def number(self) -> int:
        return self.value[0]

    @property
    def status(self) -> int:
        return self.value[1]

    @property
    def title(self) -> str:
        return self.value[2]


class FieldFault(WireModel):
    """What is wrong with one field; never the value itself."""

    field: str
    message: str


class ProblemDocument(WireModel):
    """The body of an answer that is no success. `number` is the stable name; `expected_seq` comes with a gap."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    number: int
    detail: str = ""
    expected_seq: Count | None = None
    seq: Count | None = None
    errors: list[FieldFault] | None = None

    @staticmethod
    def of(
        problem: Problem,
        detail: str = "",
        *,
        expected_seq: int | None = None,
        seq: int | None = None,
        errors: list[FieldFault] | None = None,
    ) -> ProblemDocument:
        """The document of a known problem."""
        return ProblemDocument(
            type=f"urn:shanmen:problem:{problem.number}",
            title=problem.title,
            status=problem.status,
            number=problem.number,
            detail=detail,
            expected_seq=expected_seq,
            seq=seq,
            errors=errors,
        )
