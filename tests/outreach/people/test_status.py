"""Somebody moves away or dies: nothing goes to them, nothing stays open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mynumber.actions import reminders
from notifications.actions import messages
from outreach.people.actions import records, status, tasks
from outreach.people.actions.status import LaterThanToday, NotHere
from outreach.people.models import Task
from outreach.people.signals import person_left
from tests.cast import AKIKO, HARU

pytestmark = pytest.mark.django_db


@pytest.fixture
def haru(make_person):
    return make_person(HARU)


def leave(haru, staff, now, **changes):
    told = {"status": "deceased", "on": date(2026, 9, 28), "by": staff("desk"), "now": now}
    return status.leave(person=haru, **{**told, **changes})


def write_to(haru, now, reference):
    return messages.enqueue(
        contact=haru.contact,
        purpose="visit",
        reference=reference,
        template="visits/messages/cancelled",
        context={"reference": "V-1", "for_another": False},
        now=now,
    )


def test_what_waits_is_dropped_and_nothing_more_goes_out(haru, staff, now):
    before = write_to(haru, now, "before")
    reminders.ask(
        contact=haru.contact,
        kind="card",
        expires_on=date(2027, 3, 1),
        how="phone",
        wording="…",
        now=now,
    )
    tasks.open_task(kind="wish", cause="pressed 3", now=now, person=haru)

    leave(haru, staff, now)

    before.refresh_from_db()
    haru.refresh_from_db()
    assert before.state == "dropped"
    assert write_to(haru, now, "after").state == "dropped"
    assert (haru.status, haru.status_on) == ("deceased", date(2026, 9, 28))
    assert not haru.contact.reminders.standing().exists()
    assert not Task.objects.open().exists()


def test_the_rooms_above_are_told_before_the_contact_is_closed(haru, staff, now):
    heard = []

    def listen(sender, person, status, by, now, **_):
        heard.append((person, status, by, write_to(person, now, "goodbye")))

    person_left.connect(listen)
    try:
        leave(haru, staff, now, status="moved")
    finally:
        person_left.disconnect(listen)

    [(person, said, by, message)] = heard
    message.refresh_from_db()
    assert (person, said, by, message.state) == (haru, "moved", staff("desk"), "dropped")


def test_it_is_noted_once_and_never_ahead_of_time(haru, staff, now):
    with pytest.raises(LaterThanToday):
        leave(haru, staff, now, on=now.date() + timedelta(days=1))
    # In the town's day, which begins while London still has the one before.
    leave(haru, staff, datetime(2026, 10, 1, 23, 30, tzinfo=UTC), on=date(2026, 10, 2))
    with pytest.raises(NotHere):
        leave(haru, staff, now, status="moved")


def test_who_was_taken_for_somebody_else_can_be_written_to_again(haru, staff, now):
    leave(haru, staff, now)

    back = status.come_back(person=haru)

    assert (back.status, back.status_on) == ("here", None)
    assert write_to(back, now, "again").state in ("queued", "held")


def test_the_household_is_headed_by_nobody_then(haru, make_person, staff, now):
    records.live_together(person=haru, other=make_person(AKIKO))
    haru.refresh_from_db()
    household = records.speak_for_household(person=haru)

    leave(haru, staff, now)

    household.refresh_from_db()
    assert household.head is None
