"""Classes in people's own calendars: one entry for each class, whatever becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from icalendar import Calendar

from notifications.links import resident_token
from outreach.classes.actions import registrations
from outreach.classes.links import confirmation_token
from outreach.classes.models import ClassSession, Course
from tests.cast import AKIKO, HARU, LINH

pytestmark = pytest.mark.django_db


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(calendar):
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


@pytest.fixture
def session(open_session):
    return open_session()


@pytest.fixture
def registration(session, resident):
    return registrations.register(
        session=session, person=resident(LINH), submission=uuid4(), how="web", now=timezone.now()
    )


def test_the_feed_holds_what_a_calendar_needs(client, session, settings):
    settings.SITE_URL = "https://todoke.example.com"
    calendar = read(client, "/feeds/classes.ics")
    (event,) = calendar.walk("VEVENT")
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert str(event["UID"]) == f"class-session-{session.pk}@todoke.example.com"
    assert event.decoded("DTSTART") == session.starts_at
    assert event.decoded("DTEND") == session.ends_at
    assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")
    assert str(event["SUMMARY"]) == session.course.title_ja
    assert session.venue.name_ja in str(event["LOCATION"])
    assert str(event["URL"]).endswith(f"/classes/{session.pk}/register/")
    assert abs(event.decoded("DTSTAMP") - timezone.now()) < timedelta(minutes=1)


def test_the_feed_speaks_the_language_asked_for_and_else_japanese(client, session):
    for asked, title in (("vi", session.course.title_vi), ("xx", session.course.title_ja)):
        (event,) = read(client, f"/feeds/classes.ics?lang={asked}").walk("VEVENT")
        assert str(event["SUMMARY"]) == title


def test_a_class_keeps_its_uid_when_it_is_moved_and_when_it_is_called_off(client, session):
    (before,) = events(read(client, "/feeds/classes.ics")).items()
    later = session.starts_at + timedelta(days=7)
    moved = {"starts_at": later, "ends_at": later + timedelta(hours=1), "sequence": 1}
    ClassSession.objects.filter(pk=session.pk).update(**moved)
    (after,) = events(read(client, "/feeds/classes.ics?1")).items()
    ClassSession.objects.filter(pk=session.pk).update(state="called_off", sequence=2)
    (off,) = events(read(client, "/feeds/classes.ics?2")).items()

    assert before[0] == after[0] == off[0]
    assert [event["SEQUENCE"] for _, event in (before, after, off)] == [0, 1, 2]
    assert after[1].decoded("DTSTART") == later
    assert str(off[1]["STATUS"]) == "CANCELLED"


def test_a_course_has_a_feed_of_its_own(client, session, open_session):
    other = Course.objects.create(slug="maps", title_ja="地図の使い方", summary_ja="…")
    open_session(course=other)
    (event,) = read(client, "/feeds/classes/maps.ics").walk("VEVENT")
    assert str(event["SUMMARY"]) == "地図の使い方"
    assert len(read(client, "/feeds/classes.ics").walk("VEVENT")) == 2
    assert client.get("/feeds/classes/no-such-course.ics").status_code == 404


def test_a_class_for_staff_stands_in_no_public_feed(client, session):
    Course.objects.update(audience=Course.Audience.STAFF)
    assert read(client, "/feeds/classes.ics").walk("VEVENT") == []
    assert client.get(f"/feeds/classes/{session.course.slug}.ics").status_code == 404


def test_the_feed_can_be_kept_by_everybody_and_sets_no_cookie(client, session):
    response = client.get("/feeds/classes.ics")
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_the_feed_asks_the_database_once_however_many_classes(
    client, open_session, django_assert_max_num_queries
):
    for _ in range(30):
        open_session()
    with django_assert_max_num_queries(1):
        assert len(read(client, "/feeds/classes.ics?fresh").walk("VEVENT")) == 30


def test_who_registered_puts_the_class_into_their_calendar_and_takes_it_out(client, registration):
    paths = (
        f"/vi/classes/registered/{confirmation_token(registration)}/class.ics",
        f"/vi/my/{resident_token(registration.person.contact)}"
        f"/registrations/{registration.pk}/class.ics",
    )
    for path in paths:
        calendar = read(client, path)
        (event,) = calendar.walk("VEVENT")
        assert (str(calendar["METHOD"]), event["SEQUENCE"]) == ("PUBLISH", 0)
        assert LINH.name not in calendar.to_ical().decode()
        assert "URL" not in event  # who has registered is not sent to register
    registrations.cancel(registration=registration, now=timezone.now())
    for path in paths:
        calendar = read(client, path)
        (event,) = calendar.walk("VEVENT")
        assert (str(calendar["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
        assert event["SEQUENCE"] == 1


def test_who_comes_after_all_gets_an_entry_newer_than_the_one_that_took_it_out(
    client, registration
):
    def newest(own):
        path = f"/vi/classes/registered/{confirmation_token(own)}/class.ics"
        (event,) = read(client, path).walk("VEVENT")
        return event["SEQUENCE"], str(event["STATUS"])

    registrations.cancel(registration=registration, now=timezone.now())
    again = registrations.register(
        session=registration.session,
        person=registration.person,
        submission=uuid4(),
        how="web",
        now=timezone.now(),
    )

    assert newest(registration) == (1, "CANCELLED")
    assert newest(again) == (2, "CONFIRMED")
    registrations.cancel(registration=again, now=timezone.now())
    assert newest(again) == (3, "CANCELLED")


def test_somebody_elses_entry_is_not_found(client, registration, resident):
    for stranger in (AKIKO, HARU):
        token = resident_token(resident(stranger).contact)
        path = f"/ja/my/{token}/registrations/{registration.pk}/class.ics"
        assert client.get(path).status_code == 404
    assert client.get("/ja/classes/registered/C-777777.forged/class.ics").status_code == 404
