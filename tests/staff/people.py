"""Made-up people of a window, with costs of argon2 that a test can bear."""

from __future__ import annotations

from argon2 import PasswordHasher

from shared.domain.staff.member import StaffMember
from shared.domain.staff.permissions import Role
from shared.security.pins import Pins, card_hash

PINS = Pins(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
CARD_KEY = b"k" * 32
CARD = bytes.fromhex("04a1b2c3d4e5f6")
PIN, OTHER_PIN = "284917", "730264"

ANNA = StaffMember("anna", "An Na", Role.CASHIER, PINS.hash(PIN))
SUN = StaffMember("sun", "Sun Li", Role.SUPERVISOR, PINS.hash(OTHER_PIN), card_hash(CARD_KEY, CARD))
ADA = StaffMember("ada", "Ada Yu", Role.ADMINISTRATOR, PINS.hash(OTHER_PIN), card_hash(CARD_KEY, CARD))
