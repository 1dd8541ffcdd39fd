"""Announcements queued at the same moment, each on a connection of its own: a number hears one.

The control leaves the lock out and shows that a number would then hear both.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from notifications.actions import announcements as outbox
from notifications.models import Announcement, Message
from outreach.desk import audiences
from outreach.desk.actions import announcements
from outreach.desk.actions.announcement_queue import _queue_all, queue_scheduled
from outreach.desk.actions.announcements import fingerprint
from tests.cast import HARU, LI_NA, LINH

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = (HARU, LINH, LI_NA)


@pytest.fixture
def two(subscriber, draft, present):
    for one in PEOPLE:
        subscriber(one)
    planned = [draft(), draft()]
    for announcement in planned:
        announcements.submit(announcement=announcement, seen=fingerprint(announcement), now=present)
    # Both have begun: what follows is the queueing alone.
    Announcement.objects.update(state="queueing")
    return list(Announcement.objects.order_by("pk"))


def together(work, things):
    start = Barrier(len(things))

    def run(thing):
        try:
            start.wait(timeout=30)
            return work(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(run, things))


def test_two_announcements_at_once_reach_each_number_once(two, present, monkeypatch):
    queue, about_to_write = outbox.queue, Barrier(2)

    def both_look_before_one_writes(**arguments):
        # With the lock only one gets as far as here; it waits in vain for the other.
        with suppress(BrokenBarrierError):
            about_to_write.wait(timeout=1)
        return queue(**arguments)

    monkeypatch.setattr(outbox, "queue", both_look_before_one_writes)

    together(lambda one: _queue_all(one, now=present, stop=lambda: False), two)

    assert Message.objects.count() == len(PEOPLE)


def test_control_without_the_lock_they_reach_it_twice(two, present, monkeypatch):
    if connection.vendor == "sqlite":
        # SQLite lets one transaction write at a time: what is left out there is that it is one.
        monkeypatch.setattr(audiences, "_told", lambda *_, **__: Message.objects.none())
    else:
        monkeypatch.setattr(audiences, "_lock", lambda points: None)
        queue, about_to_write = outbox.queue, Barrier(2)

        def both_look_before_one_writes(**arguments):
            about_to_write.wait(timeout=30)
            return queue(**arguments)

        monkeypatch.setattr(outbox, "queue", both_look_before_one_writes)
        monkeypatch.setattr("outreach.desk.actions.announcement_queue.CHUNK", len(PEOPLE) + 1)

    together(lambda one: _queue_all(one, now=present, stop=lambda: False), two)

    assert Message.objects.count() == 2 * len(PEOPLE)


def test_many_workers_queue_one_announcement_once(two, present, monkeypatch):
    monkeypatch.setattr("outreach.desk.actions.announcement_queue.CHUNK", 1)

    together(lambda _: queue_scheduled(now=present), range(4))

    assert Message.objects.count() == len(PEOPLE)
    assert set(Announcement.objects.values_list("state", flat=True)) == {"queued"}
