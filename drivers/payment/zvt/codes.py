"""Codes of ZVT as data: intermediate states and result codes (PA00P015).

Only a code known to settle a payment declines it; any other is unknown and asked after.
"""

from __future__ import annotations

from collections.abc import Mapping

from drivers.contracts.payment import DeclineReason
from drivers.contracts.payment_steps import TerminalStep

_REMOVE = 0x40  # the same states again, with "please remove card"

_STEPS: Mapping[int, TerminalStep] = {
    0x00: TerminalStep.CONFIRM_AMOUNT,
    **dict.fromkeys((0x01, 0x02), TerminalStep.ENTER_PIN),
    **dict.fromkeys((0x04, 0x0E, 0x17, 0x06, 0x0F, 0x2B), TerminalStep.WAIT),
    0x05: TerminalStep.CANCELLING,
    **dict.fromkeys((0x0A, 0x2A), TerminalStep.PRESENT_CARD),
    0x0B: TerminalStep.REMOVE_CARD,
    0x0C: TerminalStep.CARD_NOT_READ,
    0x15: TerminalStep.PIN_WRONG,
    **dict.fromkeys((0x28, 0x29, 0x2C), TerminalStep.CHOOSE),
    0x68: TerminalStep.WAIT,
    0x69: TerminalStep.CHOOSE,
    0xCC: TerminalStep.ENTER_PIN,
    **dict.fromkeys((0xD2, 0xD3), TerminalStep.WAIT),
    **dict.fromkeys((0xE0, 0xE1), TerminalStep.CHOOSE),
}


def step_of(state: int) -> TerminalStep | None:
    """What a state means for the payer; None when it means nothing."""
    if state in _STEPS:
        return _STEPS[state]
    if 0x41 <= state <= 0x67:
        return TerminalStep.REMOVE_CARD
    return None


NO_ERROR = 0x00
ALREADY_REVERSED = 0xB4
BUSY = 0x9C
REVERSAL_REFUSED = frozenset({0xB5, 0x83})

# The transaction has certainly ended without money.
PAYMENT_FAILED: Mapping[int, DeclineReason] = {
    # Below 64 stand the decimal codes of the authorising system, passed on: whatever they say, it refused.
    **dict.fromkeys(range(0x01, 0x64), DeclineReason.OTHER),
    51: DeclineReason.INSUFFICIENT_FUNDS,
    **dict.fromkeys((61, 65), DeclineReason.LIMIT),
    0x6C: DeclineReason.CANCELLED,  # abort by time-out or key
    **dict.fromkeys((0x64, 0x65, 0x72, 0x73), DeclineReason.OTHER),  # card not readable, no card data, chip error
    **dict.fromkeys((0x67, 0x68, 0x6F, 0xC5, 0xC6, 0xCB, 0xD2, 0xEA), DeclineReason.NOT_SUPPORTED),
    **dict.fromkeys((0x76, 0x78, 0x79, 0x7A, 0x7B, 0x7C, 0x7E), DeclineReason.NOT_SUPPORTED),
    0x71: DeclineReason.INSUFFICIENT_FUNDS,
    **dict.fromkeys((0xC3, 0xC8, 0xC9, 0xB7), DeclineReason.LIMIT),
    **dict.fromkeys((0x6A, 0x6B, 0x77, 0x83, 0x85, 0x89, 0xC1, 0xC2, 0xC4, 0xE4, 0xF0), DeclineReason.MERCHANT),
}
