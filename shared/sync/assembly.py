"""Putting the parts of sync together."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from shared.domain.clock import Clock
from shared.security.keys import SigningKey
from shared.sync.client import CentralClient, Patience
from shared.sync.download import Downloader
from shared.sync.engine import SyncEngine
from shared.sync.enrolment import Enrolment
from shared.sync.heartbeat import Pulse
from shared.sync.holdings import LeaseHabits
from shared.sync.leases import LeaseKeeper
from shared.sync.news import News
from shared.sync.pace import Beat
from shared.sync.ports import FleetMember, SyncStore
from shared.sync.trusted_time import TrustedTime
from shared.sync.upload import Uploader


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """Where central is, how often to look, which leases to keep."""

    base_url: str
    beat: Beat = field(default_factory=Beat)
    habits: LeaseHabits = field(default_factory=LeaseHabits)


def build_engine(
    settings: SyncSettings,
    who: Enrolment,
    key: SigningKey,
    store: SyncStore,
    clock: Clock,
    boot: str,
    listener: Callable[[News], None],
    member: FleetMember | None = None,
) -> SyncEngine:
    """An engine that is not started. `boot`: see TrustedTime; `listener` is called on the sync thread.

    `member` tells central how the terminal is and takes commands; without one no heart-beat is sent.
    """
    client = CentralClient(settings.base_url, key, clock, secrets.token_bytes)
    trusted = TrustedTime(clock, boot, store)
    beat = settings.beat
    downloader = Downloader(client, store, Patience(connect=beat.answer, answer=beat.answer))
    keeper = LeaseKeeper(client, store, trusted, clock, who, key.public.key_id, settings.habits)
    uploader = Uploader(client, store)
    patience = Patience(connect=beat.answer, answer=beat.answer)
    pulse = Pulse(client, member, clock, patience, beat.pulse) if member is not None else None
    return SyncEngine(client, uploader, downloader, keeper, trusted, clock, listener, beat, random.random, pulse)
