"""What the pairs of an acceptor's event buffer mean (ccTalk specification, part 3: error and event code tables)."""

from __future__ import annotations

from drivers.cash.profile import AcceptorProfile
from drivers.contracts.cash import AcceptorEvent, AcceptorTrouble, GivenBack, InEscrow, TakenIn, Trouble, UnknownPiece

_K = AcceptorTrouble
_STACKED, _IN_ESCROW, _RETURNED = 0, 1, 1

_NOTE_TROUBLES = {
    0: _K.INHIBITED,  # master inhibit active
    2: _K.REJECTED,  # validation failed
    3: _K.REJECTED,  # transport problem
    4: _K.INHIBITED,
    5: _K.INHIBITED,  # by switches
    6: _K.JAM,  # in transport, within reach of a hand
    7: _K.JAM_STACKED,
    8: _K.PULLED_BACK,
    9: _K.FRAUD,  # tampered with
    10: _K.BOX_INSERTED,  # stacker well
    11: _K.BOX_REMOVED,
    12: _K.BOX_INSERTED,
    13: _K.FAULT,
    14: _K.BOX_FULL,
    15: _K.JAM_STACKED,
    16: _K.JAM,  # in transport, out of reach
    17: _K.FRAUD,  # sensors blinded
    18: _K.FRAUD,  # on a string
    19: _K.FAULT,
    20: _K.REJECTED,  # a barcoded coupon
    21: _K.UNKNOWN_STACKED,
}
_COIN_TROUBLES = {
    1: _K.REJECTED,
    2: _K.INHIBITED,
    14: _K.JAM,  # credit sensor blocked
    15: _K.JAM,  # sorter sensor blocked
    16: _K.FRAUD,  # sensors passed in the wrong order
    17: _K.FRAUD,  # going backwards
    20: _K.FRAUD,  # on a string
    25: _K.REJECTED,  # a slug
    26: _K.JAM,
    36: _K.JAM,  # swallowed
    40: _K.FRAUD,  # light from outside
    254: _K.INHIBITED,  # the visitor pressed the return lever
}
_COINS_INHIBITED = range(128, 144)  # by coin position
_COINS_REJECTED = range(3, 38)  # sensors out of time, coins too fast or too close: it came back, credit is withheld


def note_event(a: int, b: int, profile: AcceptorProfile) -> AcceptorEvent:
    """A pair of a note acceptor: `a` the note's position (0 for a status), `b` where it is (or what happened)."""
    if a == 0:
        return GivenBack() if b == _RETURNED else Trouble(_NOTE_TROUBLES.get(b, _K.FAULT), b)
    if b not in (_STACKED, _IN_ESCROW):
        return Trouble(_K.FAULT, b)
    value = profile.value(a)
    if b == _IN_ESCROW:
        return InEscrow(value or 0)
    return TakenIn(value) if value else UnknownPiece(a)


def coin_event(a: int, b: int, profile: AcceptorProfile) -> AcceptorEvent:
    """A pair of a coin acceptor: `a` the coin's position (0 for an error), `b` the sorter's path (or what happened)."""
    if a:
        value = profile.value(a)
        return TakenIn(value, b) if value else UnknownPiece(a)
    if b in _COINS_INHIBITED:
        return Trouble(_K.INHIBITED, b)
    return Trouble(_COIN_TROUBLES.get(b, _K.REJECTED if b in _COINS_REJECTED else _K.FAULT), b)
