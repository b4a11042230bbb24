"""What channels are told: signed, sent until taken, given up after many attempts and woken by a person."""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import timedelta

from sqlalchemy import select, update

from central.channels import notices
from central.storage.tables import ChannelRow, NoticeRow
from central.storage.tables.channels import DEAD, DELIVERED
from tests.central.partner import join, letterbox
from tests.central.world import RunningCentral


def test_a_channel_is_told_and_can_check_who_speaks(central: RunningCentral) -> None:
    with letterbox() as box:
        partner = join(central, notice_url=box.url)
        partner.booked()
        assert box.arrived.wait(10)
        header, body = box.letters[0]
        moment, signature = (part.split("=")[1] for part in header.split(","))
        expected = hmac.new(partner.secret, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
        assert (signature, box.events()) == (expected, ["booking.confirmed"])
        assert partner.secret not in repr(notices.Delivery("n", "u", b"", partner.secret)).encode()


def test_a_refused_notice_comes_again(central: RunningCentral) -> None:
    with letterbox() as box:
        box.refuse = 2
        join(central, notice_url=box.url).booked()
        deadline = time.monotonic() + 20
        while not box.arrived.wait(0.1):
            central.clock.shift += timedelta(seconds=5)
            assert time.monotonic() < deadline
        assert len(box.letters) == 1


def test_what_nobody_takes_is_a_dead_letter_that_a_person_wakes(central: RunningCentral) -> None:
    database = central.service.database
    partner = join(central, notice_url="http://127.0.0.1:9/nobody")
    partner.booked()
    notice_id = database.read(lambda s: s.scalars(select(NoticeRow.notice_id)).one())
    now = central.clock.now()
    pauses: list[timedelta] = []
    for _ in range(notices.MOST_ATTEMPTS):

        def attempt() -> timedelta:
            database.write(lambda s: setattr(s.get_one(NoticeRow, ("hill", notice_id)), "attempts", len(pauses) + 1))
            database.write(lambda s: notices.failed(s, "hill", notice_id, "ConnectionError", now))
            return database.read(lambda s: s.get_one(NoticeRow, ("hill", notice_id)).next_at) - now

        pauses.append(attempt())
    assert pauses[0] == timedelta(seconds=5)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
    assert [row.notice_id for row in database.read(lambda s: notices.dead_letters(s, "hill"))] == [notice_id]
    with letterbox() as box:
        database.write(lambda s: s.execute(update(ChannelRow).values(notice_url=box.url)))
        assert database.write(lambda s: notices.wake(s, "hill", notice_id, now))
        assert box.arrived.wait(10)
        deadline = time.monotonic() + 5
        while database.read(lambda s: s.get_one(NoticeRow, ("hill", notice_id)).state) != DELIVERED:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert not database.write(lambda s: notices.wake(s, "hill", notice_id, now))
    assert DEAD != DELIVERED
