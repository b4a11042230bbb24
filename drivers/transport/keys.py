"""From keys to text: what a scanner that poses as a keyboard types, on the US layout that such scanners are set to.

Codes of keys are those of the Linux kernel (`linux/input-event-codes.h`).
"""

from __future__ import annotations

PRESSED = 1
"""The value of a key event: 0 released, 1 pressed, 2 held so long that it repeats."""

_SHIFTS, _CONTROLS, _CAPS_LOCK = frozenset({42, 54}), frozenset({29, 97}), 58
_ENTERS, _TAB = frozenset({28, 96}), 15
_RIGHT_BRACKET = 27
_GS1_SEPARATOR = "\x1d"  # Control and ]
_LETTERS = {
    **dict(zip(range(16, 26), "qwertyuiop", strict=True)),
    **dict(zip(range(30, 39), "asdfghjkl", strict=True)),
    **dict(zip(range(44, 51), "zxcvbnm", strict=True)),
}
_OTHERS = {
    **dict(zip(range(2, 14), zip("1234567890-=", "!@#$%^&*()_+", strict=True), strict=True)),
    **dict(zip((26, 27, 39, 40, 41, 43), zip("[];'`\\", '{}:"~|', strict=True), strict=True)),
    **dict(zip((51, 52, 53, 57), zip(",./ ", "<>? ", strict=True), strict=True)),
}
_KEYPAD = {
    **dict(zip((71, 72, 73, 75, 76, 77, 79, 80, 81, 82), "7894561230", strict=True)),
    55: "*",
    74: "-",
    78: "+",
    83: ".",
    98: "/",
}


class KeyDecoder:
    """Follows the keys of one keyboard. Never raises."""

    def __init__(self) -> None:
        self._held: set[int] = set()
        self._caps = False

    def feed(self, key: int, value: int) -> str:
        """The text that a key event types: a character, CR for Enter, TAB, or nothing."""
        if key in _SHIFTS | _CONTROLS:
            (self._held.add if value else self._held.discard)(key)
            return ""
        if value != PRESSED:
            return ""
        if key == _CAPS_LOCK:
            self._caps = not self._caps
            return ""
        if self._held & _CONTROLS:
            return _GS1_SEPARATOR if key == _RIGHT_BRACKET else ""
        return self._typed(key, bool(self._held & _SHIFTS))

    def reset(self) -> None:
        """Events were lost, or the keyboard is new: no key is held."""
        self._held.clear()

    def _typed(self, key: int, shift: bool) -> str:
        if key in _ENTERS:
            return "\r"
        if key == _TAB:
            return "\t"
        if key in _LETTERS:
            return _LETTERS[key].upper() if shift != self._caps else _LETTERS[key]
        if key in _OTHERS:
            return _OTHERS[key][shift]
        return _KEYPAD.get(key, "")
