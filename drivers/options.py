"""A device's options, read one by one; a mistake names its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from drivers.errors import ConfigurationError

_T = TypeVar("_T")


class DeviceOptions:
    """Reads `options`, which stand under `key`. Every method raises ConfigurationError."""

    def __init__(self, key: str, options: Mapping[str, object]) -> None:
        self._key = key
        self._options = dict(options)

    def text(self, name: str, default: str) -> str:
        value = self._options.pop(name, default)
        if not isinstance(value, str):
            raise self._mistake(name, f"must be a text, not {value!r}")
        return value

    def choice(self, name: str, choices: Mapping[str, _T], default: str) -> _T:
        """The value that stands behind one of a few names."""
        value = self.text(name, default)
        if value not in choices:
            raise self._mistake(name, f"must be one of {', '.join(choices)}, not {value!r}")
        return choices[value]

    def seconds(self, name: str, default: float) -> float:
        value = self._options.pop(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 3600:
            raise self._mistake(name, f"must be seconds from 0 to 3600, not {value!r}")
        return float(value)

    def count(self, name: str, default: int) -> int:
        value = self._options.pop(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._mistake(name, f"must be a whole number above 0, not {value!r}")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self._options.pop(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._mistake(name, f"must be a whole number from {least} to {most}, not {value!r}")
        return value

    def has(self, name: str) -> bool:
        """Whether the option is given."""
        return name in self._options

    def real(self, name: str, default: float) -> float:
        value = self._options.pop(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._mistake(name, f"must be a number, not {value!r}")
        return float(value)

    def share(self, name: str, default: float) -> float:
        value = self.real(name, default)
        if not 0 <= value <= 1:
            raise self._mistake(name, f"must be a share from 0 to 1, not {value!r}")
        return value

    def finish(self) -> None:
        """Refuses what was not read: a misspelt option must not be passed over."""
        for name in self._options:
            raise self._mistake(name, "is no option of this device")

    def _mistake(self, name: str, reason: str) -> ConfigurationError:
        return ConfigurationError(f"{self._key}.{name}", f"{reason}.")
