"""A class is called off in the very moment in which people register for it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from notifications.models import Message
from outreach.classes.actions import calling_off, registrations
from outreach.classes.actions.registrations import SessionClosed
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, SEATS, ROUNDS = 7, 4, 5


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_nobody_keeps_a_place_in_a_class_that_is_called_off_or_is_left_untold(
    make_session, staff, now, _round
):
    session, officer = make_session(capacity=SEATS), staff("desk")
    residents = [
        people.identify(name=f"雪国 {number}", email=f"snow{number}@example.com", language="ja")
        for number in range(PEOPLE)
    ]
    start = Barrier(PEOPLE + 1)

    def register(person) -> bool:
        start.wait(timeout=30)
        try:
            registrations.register(
                session=session,
                person=person,
                submission=uuid4(),
                how="web",
                now=now,
                or_wait=True,
            )
        except SessionClosed:
            return False
        finally:
            connection.close()
        return True

    def call_off(_) -> int:
        start.wait(timeout=30)
        try:
            return calling_off.call_off(session=session, reason="大雪", now=now, by=officer)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        in_time = [pool.submit(register, person) for person in residents]
        told = pool.submit(call_off, None).result()

    registered = sum(one.result() for one in in_time)
    after = ClassSession.objects.get(pk=session.pk)
    assert (after.seats_taken, after.waiting) == (0, 0)
    assert not Registration.objects.exclude(state="cancelled").exists()
    assert registered == told == Registration.objects.count()
    assert Message.objects.filter(reference__startswith="class-called-off:").count() == told
