"""A thousand e-mails and a worker that is killed again and again: none is lost.

E-mail cannot be looked up at the carrier, so what a worker held when it died goes to a person. The
controls: a worker that sends it again doubles e-mails, one that takes it for sent loses some.
"""

import pytest
from django.utils import timezone

from notifications.models import Contact, ContactPoint, Message
from notifications.transports.email import Smtp
from tests import event_loops
from tests.notifications.mail_stand_in import running_mail_server
from tests.notifications.test_delivery_faults import (
    KILLS,
    MESSAGES,
    before_a_person,
    kill_again_and_again,
    lost,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings):
    with running_mail_server() as stand_in:
        for name, value in stand_in.settings().items():
            setattr(settings, name, value)
        yield stand_in


@pytest.fixture
def thousand(transactional_db) -> list[str]:
    """One e-mail each to a thousand people; their addresses."""
    now = timezone.now()
    contact = Contact.objects.create(name="山瀬明子", language="ja")
    points = ContactPoint.objects.bulk_create(
        ContactPoint(kind="email", value=f"r{number}@example.com") for number in range(MESSAGES)
    )
    Message.objects.bulk_create(
        Message(
            contact=contact,
            point=point,
            purpose="visit",
            reference=f"notice-{index}",
            channel="email",
            language="ja",
            subject="お知らせ",
            body="訪問の日が決まりました。",
            queued_at=now,
        )
        for index, point in enumerate(points)
    )
    return [point.value for point in points]


def test_a_worker_killed_thirty_times_loses_no_e_mail(thousand, server):
    kill_again_and_again(server)

    assert lost(thousand, server) == set()
    assert server.got_twice() == []
    sent = set(Message.objects.filter(state="sent").values_list("point__value", flat=True))
    assert sent | before_a_person() == set(thousand)
    # Noted as sent is only what the server took; what it may have taken is before a person.
    assert sent <= set(server.times_taken()) <= sent | before_a_person()
    # Of the thousand a person sees those that were under way, not all the worker had in mind.
    assert 0 < len(before_a_person()) < MESSAGES / 2


def test_control_a_worker_that_sends_again_what_a_dead_one_held_doubles(thousand, server):
    kill_again_and_again(server, naive=True, enough=server.got_twice)

    assert server.got_twice()


def test_control_a_worker_that_notes_first_and_sends_then_loses(thousand, server):
    for _ in range(KILLS):
        note_first(dies_after=5)
    note_first(dies_after=MESSAGES)

    assert len(lost(thousand, server)) == KILLS


def note_first(*, dies_after: int) -> None:
    """Sends the way a cautious beginner would, and dies between the note and the sending."""

    async def send(messages: list[Message]) -> None:
        transport = Smtp()
        for message in messages:
            await transport.send(message)
        await transport.close()

    waiting = Message.objects.filter(state="queued").select_related("contact", "point")
    noted = list(waiting.order_by("pk")[: dies_after + 1])
    Message.objects.filter(pk__in=[message.pk for message in noted]).update(state="sent")
    event_loops.run(send(noted[:dies_after]))
