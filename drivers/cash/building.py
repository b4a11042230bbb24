"""From configuration to a cash machine (`[cash]`, driver `cctalk`)."""

from __future__ import annotations

from drivers.cash.bus import BusTiming
from drivers.cash.machine import CashMachine, cash_machine
from drivers.cash.profile import load_profiles
from drivers.device_settings import DeviceSettings, Surroundings, connection_for, options_for

CASH_DRIVER = "cctalk"


def build_cash(settings: DeviceSettings, surroundings: Surroundings | None = None) -> CashMachine:
    """Options: `profile` (see profiles.toml), `echo` (yes, no), `answer_seconds`, `silence_seconds`.

    Raises ConfigurationError.
    """
    around = surroundings or Surroundings()
    options = options_for(settings, CASH_DRIVER)
    usual = BusTiming()
    profile = options.choice("profile", load_profiles(), "cny")
    echo = options.choice("echo", {"yes": True, "no": False}, "yes")
    timing = BusTiming(
        answer=options.seconds("answer_seconds", usual.answer),
        silence=options.seconds("silence_seconds", usual.silence),
    )
    options.finish()
    return cash_machine(connection_for(settings, around), profile, around.monotonic, echo=echo, timing=timing)
