"""Central as one object: what every request handler needs, opened at the start and closed at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.area import Area
from central.audit.retention import purge
from central.bookings.booking_desk import BookingDesk
from central.bookings.contacts import Contacts
from central.capacity.dead_epochs import settle_what_is_over
from central.capacity.leases import Grantor
from central.capacity.reclaim import reclaim_overdue
from central.capacity.slots import open_slots
from central.channels.idempotency import forget_old_answers
from central.channels.notices import any_due
from central.feed.entries import publish
from central.feed.places import Places, places_now, publish_changes, published
from central.fleet.alarms import watch
from central.fleet.signatures import forget_old_nonces
from central.fleet.terminals import keyring
from central.gates.admissions import forget_old_admissions
from central.settings import CentralSettings
from central.storage.database import Database, database_url
from central.storage.tables import BookingRow
from shared.domain.clock import Clock
from shared.security.data_keys import SECRET_BYTES, DataKeys
from shared.security.key_vault import KeyFileVault, open_data_keys
from shared.security.keys import SigningKey


@dataclass(frozen=True)
class Central:
    """The service without HTTP. `ids` gives random bytes."""

    settings: CentralSettings
    area: Area
    database: Database
    clock: Clock
    key: SigningKey
    ids: Callable[[int], bytes]
    data_keys: DataKeys

    @property
    def site_id(self) -> str:
        return self.area.catalog.site.site_id

    @property
    def grantor(self) -> Grantor:
        policy = self.settings.lease.policy()
        return Grantor(self.site_id, policy, self.area.price_version, self.key, self.ids)

    @property
    def desk(self) -> BookingDesk:
        hold_for = timedelta(minutes=self.settings.hold_minutes)
        return BookingDesk(self.site_id, hold_for, Contacts(self.data_keys, self.ids), self.ids)

    def publish_documents(self) -> None:
        """Puts the catalogue, the price list and the key ring into the feed, where they changed."""
        area = self.area
        documents = (
            ("catalogue", area.catalog.version, area.catalogue_document),
            ("prices", area.price_version, area.price_document),
        )

        def work(session: Session) -> None:
            for kind, version, document in documents:
                publish(session, self.site_id, kind, kind, {"version": version, "document": document})
            self.publish_keyring(session)

        self.database.write(work)

    def publish_keyring(self, session: Session) -> None:
        """Part of the transaction that changed the fleet."""
        ring = keyring(session, self.site_id, self.key.public)
        publish(session, self.site_id, "keyring", "keyring", json.loads(ring.to_json()))

    def open_slots(self, now: datetime) -> None:
        """Makes rows for the slots that came into sight."""
        days, reserve = self.settings.days_ahead, self.settings.reserve.of
        self.database.write(lambda session: open_slots(session, self.site_id, self.area.catalog, now, days, reserve))

    def keep_house(self, now: datetime) -> None:
        """Drops what no request can need any more, and looks after places whose terminals are silent."""
        reclaim = self.settings.reclaim.policy()
        self.database.write(lambda session: forget_old_nonces(session, self.site_id, now))
        self.database.write(lambda session: reclaim_overdue(session, self.site_id, reclaim, now))
        self.database.write(lambda session: settle_what_is_over(session, self.site_id, now))
        self.database.write(lambda session: forget_old_answers(session, self.site_id, now))
        self.database.write(lambda session: forget_old_admissions(session, self.site_id, now))
        thresholds = self.settings.alarms.thresholds()
        self.database.write(lambda session: watch(session, self.site_id, thresholds, now))
        self.database.write(lambda session: purge(session, self.site_id, now, self.settings.audit_days))

    def expire_holds(self, now: datetime) -> None:
        """Gives the places of holds back that ran out."""
        if self.database.read(lambda session: self.desk.has_expired(session, now)):
            self.database.write(lambda session: self.desk.expire(session, now))

    def has_notices(self, session: Session, now: datetime) -> bool:
        """Whether a channel is to be told something."""
        return any_due(session, self.site_id, now)

    def published_places(self) -> Places:
        """The places as the feed has them."""
        return self.database.read(lambda session: published(session, self.site_id))

    def project_places(self, before: Places) -> Places:
        """Publishes the places that differ from `before`; returns what is true now."""
        now = self.clock.now()
        places = self.database.read(lambda session: places_now(session, self.site_id, now))
        if places != before:
            self.database.write(lambda session: publish_changes(session, self.site_id, before, places))
        return places


def open_central(
    settings: CentralSettings, area: Area, clock: Clock, key: SigningKey, ids: Callable[[int], bytes]
) -> Central:
    """Opens the database, brings its schema up to date and publishes what the site sells."""
    database = Database(database_url(settings.database))
    try:
        if settings.durable:
            database.insist_on_durability()
        database.migrate()
        central = Central(settings, area, database, clock, key, ids, _data_keys(settings, database, ids))
        central.open_slots(clock.now())
        central.publish_documents()
    except BaseException:
        database.close()
        raise
    return central


def _data_keys(settings: CentralSettings, database: Database, ids: Callable[[int], bytes]) -> DataKeys:
    """The keys of personal data, in a file of their own. Raises DataKeysError when they are gone and needed."""
    used = select(BookingRow.contact_key).where(BookingRow.contact_key > 0).distinct()
    versions = database.read(lambda session: session.scalars(used).all())
    vault = KeyFileVault(settings.data_key_file or settings.key_file.with_suffix(".data"))
    return open_data_keys(vault, versions, lambda: ids(SECRET_BYTES))
