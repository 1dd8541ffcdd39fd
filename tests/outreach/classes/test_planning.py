"""Planning many days by one rule, in rooms and with tutors nobody else has."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from outreach.classes.actions import sessions
from outreach.classes.actions.sessions import AlreadyTaken, CannotAnnounce, PlanChanged, Season
from outreach.classes.models import ClassSession, Course, Series, Tutor
from outreach.classes.rules.session_days import LeftOut
from outreach.classes.signals import schedule_changed
from outreach.places.rules.planned_days import Rule
from tests.conftest import TOKYO

pytestmark = pytest.mark.django_db


@pytest.fixture
def tutor(db):
    return Tutor.objects.create(name="講師 黒土")


@pytest.fixture
def season(course, venue, tutor):
    """Every Tuesday in October."""
    october = Rule(frozenset({1}), date(2026, 10, 1), date(2026, 10, 31), time(10), time(11, 30))
    return Season(
        rule=october,
        course=course,
        venue=venue,
        room="和室",
        tutors=[tutor],
        capacity=8,
        handsets=4,
        bus_seats=6,
    )


def plan(season, now, by=None):
    free = [day.starts_at for day in sessions.preview(season, now=now) if not day.left_out]
    return sessions.plan(season, expected=free, now=now, by=by)


def tuesday(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=TOKYO)


def test_one_click_plans_every_day_with_all_it_needs(season, tutor, now, staff):
    planned = plan(season, now, staff("desk"))
    rows = list(ClassSession.objects.upcoming(now=now))
    assert rows == planned
    assert [row.starts_at for row in rows] == [tuesday(day, 10) for day in (6, 13, 20, 27)]
    for row in rows:
        assert (row.room, row.capacity, row.handsets, row.bus_seats) == ("和室", 8, 4, 6)
        assert list(row.tutors.all()) == [tutor]
        assert row.announced_by == staff("desk")
    series = Series.objects.get()
    assert list(series.sessions.order_by("starts_at")) == rows
    assert (series.course, series.planned_at) == (season.course, now)


def test_days_on_which_the_room_is_taken_are_left_out_and_the_others_planned(
    season, make_session, now
):
    make_session(room="和室", starts_at=tuesday(13, 8), ends_at=tuesday(13, 9, 45))
    found = sessions.preview(season, now=now)
    assert [day.left_out for day in found] == [None, LeftOut.ROOM_TAKEN, None, None]
    assert len(plan(season, now)) == 3


def test_a_class_that_was_called_off_takes_no_room(season, make_session, now):
    make_session(
        room="和室", starts_at=tuesday(13, 10), ends_at=tuesday(13, 11), state="called_off"
    )
    assert len(plan(season, now)) == 4


def test_the_same_rule_a_second_time_plans_nothing(season, now):
    plan(season, now)
    assert {day.left_out for day in sessions.preview(season, now=now)} == {LeftOut.ROOM_TAKEN}
    with pytest.raises(CannotAnnounce):
        plan(season, now)
    assert ClassSession.objects.count() == 4


def test_a_plan_that_changed_after_it_was_read_is_shown_again(season, make_session, now):
    seen = [day.starts_at for day in sessions.preview(season, now=now)]
    make_session(room="和室", starts_at=tuesday(13, 10), ends_at=tuesday(13, 11))
    with pytest.raises(PlanChanged):
        sessions.plan(season, expected=seen, now=now, by=None)
    assert ClassSession.objects.count() == 1
    assert not Series.objects.exists()


def test_a_plan_whose_hours_are_the_wrong_way_round_is_refused(season, now):
    backwards = replace(season, rule=replace(season.rule, start=time(12)))
    with pytest.raises(CannotAnnounce):
        sessions.preview(backwards, now=now)


def test_the_buffer_is_a_setting(season, make_session, now, settings):
    make_session(room="和室", starts_at=tuesday(13, 8), ends_at=tuesday(13, 9, 45))
    settings.CLASS_BUFFER_MINUTES = "15"
    assert len(plan(season, now)) == 4


def test_the_town_names_its_own_festivals(season, now, settings):
    settings.FESTIVAL_DAYS = "10-20"
    found = sessions.preview(season, now=now)
    assert [day.left_out for day in found] == [None, None, LeftOut.FESTIVAL, None]


def test_the_schedule_is_told_once_of_all_days(season, now, django_capture_on_commit_callbacks):
    heard = []

    def listen(**_):
        heard.append("changed")

    schedule_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            plan(season, now)
    finally:
        schedule_changed.disconnect(listen)
    assert heard == ["changed"]


def announce(course, venue, now, **changes):
    starts_at = changes.pop("starts_at", tuesday(6, 10))
    values = {"course": course, "venue": venue, "capacity": 8, "now": now, "by": None}
    return sessions.announce(
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), **{**values, **changes}
    )


def test_a_room_is_not_given_twice(course, venue, now):
    announce(course, venue, now, room="和室")
    with pytest.raises(AlreadyTaken, match="10:00"):
        announce(course, venue, now, room="和室", starts_at=tuesday(6, 11, 45))
    announce(course, venue, now, room="和室", starts_at=tuesday(6, 12))
    announce(course, venue, now, room="大会議室")
    assert ClassSession.objects.count() == 3


def test_a_tutor_is_not_in_two_places(course, venue, tutor, now):
    announce(course, venue, now, room="和室", tutors=[tutor])
    with pytest.raises(AlreadyTaken):
        announce(course, venue, now, room="大会議室", tutors=[tutor])
    announce(course, venue, now, room="大会議室", tutors=[Tutor.objects.create(name="講師 花田")])
    assert ClassSession.objects.count() == 2


def test_what_staff_or_a_group_learn_is_not_on_the_public_schedule(make_session, now):
    for_all = make_session(course=Course.objects.create(slug="all", title_ja="みんな"))
    for audience in ("staff", "group"):
        course = Course.objects.create(slug=audience, title_ja=audience, audience=audience)
        make_session(course=course)
    assert list(ClassSession.objects.upcoming(now=now).for_residents()) == [for_all]
    assert list(ClassSession.objects.open_for_registration(now=now)) == [for_all]
    assert ClassSession.objects.upcoming(now=now).count() == 3


def test_courses_are_found_by_what_they_teach(course):
    course.topics = ["maps", "calls"]
    course.save()
    Course.objects.create(slug="card", title_ja="カード", topics=["card"])
    assert list(Course.objects.about("maps")) == [course]
    assert not Course.objects.about("map").exists()


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        pytest.param({"seats_taken": 2}, True, id="ten days ahead, two of three"),
        pytest.param({"seats_taken": 3}, False, id="enough"),
        pytest.param({"seats_taken": 1, "min_people": 1}, False, id="one is enough here"),
        pytest.param({"state": "called_off"}, False, id="called off"),
    ],
)
def test_ten_days_ahead_a_class_with_too_few_people_is_marked(make_session, changes, marked):
    session = make_session(**changes)
    ten_days = session.starts_at - timedelta(days=10)
    assert session.has_too_few(now=ten_days) is marked
    assert ClassSession.objects.with_too_few(now=ten_days).exists() is marked
    earlier = ten_days - timedelta(minutes=1)
    assert not session.has_too_few(now=earlier)
    assert not ClassSession.objects.with_too_few(now=earlier).exists()


def test_a_class_that_has_begun_is_not_marked_any_more(make_session):
    session = make_session()
    assert not session.has_too_few(now=session.starts_at)
    assert not ClassSession.objects.with_too_few(now=session.starts_at).exists()
