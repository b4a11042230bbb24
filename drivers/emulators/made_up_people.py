"""Travellers that do not exist, with documents of every size: the same seed gives the same person."""

from __future__ import annotations

import numpy as np

from drivers.emulators.zone_writer import ZoneHolder, ZoneSize

_SURNAMES = (
    "Müller", "Ólafsdóttir", "Nguyen", "Kim", "Ivanova", "O'Brien", "García López", "Tanaka", "Smith-Jones", "Zhukov",
    "van der Berg", "Sørensen", "Li", "Wagner", "Dubois", "Almeida e Silva", "Hassan", "Quispe", "Beck", "Žukauskas",
)  # fmt: skip
_GIVEN = (
    "Anna Maria", "Jörg", "Yuki", "Min Jun", "Olga", "Seán", "José", "Ingrid", "Wei", "Björn Åke", "Zoë", "Giulia",
    "Fatima", "Diego", "Isla", "Xavier", "Bo", "Lilli", "Sigrid", "Quentin",
)  # fmt: skip
_STATES = ("D", "CHN", "KOR", "JPN", "RUS", "FRA", "GBR", "USA", "NLD", "VNM", "BRA", "ESP", "ISL", "ZAF", "AUS")
# Most issuers leave O and I out of their numbers; some do not.
_USUAL = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_EVERY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_CODES: dict[ZoneSize, str] = {"TD1": "I", "TD2": "I", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}


def traveller(seed: int, size: ZoneSize = "TD3", *, awkward: bool = False) -> ZoneHolder:
    """`awkward`: the number may hold every letter, O and I among them."""
    chance = np.random.default_rng(seed)
    alphabet = list(_EVERY if awkward else _USUAL)
    return ZoneHolder(
        surname=str(chance.choice(_SURNAMES)),
        given=str(chance.choice(_GIVEN)),
        number="".join(chance.choice(alphabet[:23] if place == 0 else alphabet) for place in range(9)),
        nationality=str(chance.choice(_STATES)),
        birth=f"{chance.integers(40, 99):02}{chance.integers(1, 13):02}{chance.integers(1, 29):02}",
        sex=str(chance.choice(["F", "M"])),
        expiry=f"{chance.integers(27, 36):02}{chance.integers(1, 13):02}{chance.integers(1, 29):02}",
        code=_CODES[size],
    )
