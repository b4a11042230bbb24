"""A mistake in the configuration of a device: the operator's to mend, so it names the key and says what is wrong."""

from __future__ import annotations


class ConfigurationError(Exception):
    """`key` is the configuration key at fault. The message is one sentence and holds no secret."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason
