"""A thousand e-mails and a worker that is killed again and again: none is lost.

E-mail cannot be looked up at the carrier, so what was under way when the worker died goes to a
person. The control sends the same e-mails naively, and loses some or sends them twice.
"""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from functools import partial
from time import sleep

import pytest
from django.utils import timezone

from notifications.actions import claims
from notifications.actions.deliveries import deliver_due
from notifications.models import Contact, ContactPoint, Message
from notifications.transports.email import Smtp
from tests.notifications.mail_stand_in import running_mail_server
from tests.notifications.test_delivery_race import wait_until, worker_process

MESSAGES = 1000
KILLS = 30
CLAIM_SECONDS = 10  # the least that is allowed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings, monkeypatch):
    with running_mail_server() as stand_in:
        for name, value in stand_in.settings().items():
            setattr(settings, name, value)
        settings.MESSAGE_CLAIM_SECONDS = CLAIM_SECONDS
        monkeypatch.setenv("MESSAGE_CLAIM_SECONDS", str(CLAIM_SECONDS))
        yield stand_in


@pytest.fixture
def many(transactional_db):
    """One e-mail each to as many addresses."""
    now = timezone.now()
    numbers = range(MESSAGES)
    contacts = Contact.objects.bulk_create(
        Contact(name=f"宛名{number}", language="ja") for number in numbers
    )
    points = ContactPoint.objects.bulk_create(
        ContactPoint(kind=ContactPoint.Kind.EMAIL, value=f"r{number}@example.com")
        for number in numbers
    )
    Message.objects.bulk_create(
        Message(
            contact=contact,
            point=point,
            purpose="visit",
            reference=f"fault-{point.pk}",
            channel=Contact.Channel.EMAIL,
            language="ja",
            subject="お知らせ",
            body="訪問の日が決まりました。",
            queued_at=now,
        )
        for contact, point in zip(contacts, points, strict=True)
    )


def addresses(**of):
    return set(Message.objects.filter(**of).values_list("point__value", flat=True))


def lost(server):
    """E-mails that nobody has: not taken by the server, and on nobody's list."""
    on_a_list = addresses(state__in=("unknown", "held"))
    return addresses() - set(server.times_taken()) - on_a_list


def doubled(server):
    return [address for address, times in server.times_taken().items() if times > 1]


def test_killing_the_worker_thirty_times_loses_no_email(many, server, tmp_path):
    server.seconds_to_answer = 0.02
    chance = random.Random(20261001)
    kills = 0
    while kills < KILLS and Message.objects.filter(state__in=("queued", "sending")).exists():
        with worker_process(server, tmp_path) as victim:
            before = len(server.taken)
            # At work, or with nothing left but what the dead have claimed.
            wait_until(
                lambda before=before: (
                    len(server.taken) > before
                    or not Message.objects.filter(state="queued").exists()
                )
            )
            sleep(chance.uniform(0, 0.2))
            victim.kill()
            victim.communicate()
        kills += 1
    server.seconds_to_answer = 0.0
    deliver_due(now=timezone.now())
    deliver_due(now=timezone.now() + claims.lasts())

    states = Counter(Message.objects.values_list("state", flat=True))
    assert kills == KILLS, states
    assert lost(server) == set()
    assert doubled(server) == []
    assert set(states) <= {"sent", "unknown", "held"}, states
    # Whatever may have gone out unnoticed is before a person.
    assert set(server.times_taken()) <= addresses(state="sent") | addresses(
        state__in=("unknown", "held")
    )
    # Only what was under way when the worker died, not all it had in mind.
    assert states["sent"] > MESSAGES / 2, states


class Killed(Exception):
    """The process ends between two lines."""


def naive_worker(server, *, notes_first, dies_after):
    async def work():
        transport = Smtp()
        try:
            for count, message in enumerate(queued):
                steps = [partial(note, message), partial(transport.send, message)]
                for place, step in enumerate(steps if notes_first else reversed(steps)):
                    if count == dies_after and place == 1:
                        raise Killed
                    await step()
        finally:
            await transport.close()

    async def note(message):
        done.append(message.pk)

    done: list[int] = []
    queued = list(
        Message.objects.filter(state="queued").select_related("contact", "point").order_by("pk")
    )
    with suppress(Killed):
        asyncio.run(work())
    Message.objects.filter(pk__in=done).update(state="sent")


@pytest.mark.parametrize("notes_first", [True, False], ids=["notes first", "sends first"])
def test_control_a_naive_worker_loses_e_mails_or_sends_them_twice(many, server, notes_first):
    for _ in range(KILLS):
        naive_worker(server, notes_first=notes_first, dies_after=20)
    naive_worker(server, notes_first=notes_first, dies_after=MESSAGES)

    assert len(lost(server)) == (KILLS if notes_first else 0)
    assert len(doubled(server)) == (0 if notes_first else KILLS)
