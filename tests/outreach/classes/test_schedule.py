"""The public schedule: looked through by district, course, topic, as a list or as a month."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outreach.classes.models import ClassSession, Course, Tutor
from outreach.classes.schedule import PAGE, Schedule
from outreach.places.models import Venue

pytestmark = pytest.mark.django_db


def found(**asked):
    return Schedule(asked, now=timezone.now()).sessions


@pytest.fixture
def maps():
    return Course.objects.create(
        slug="maps", title_ja="地図の使い方", summary_ja="…", topics=["maps", "internet"]
    )


def test_the_list_holds_what_is_to_come_soonest_first(open_session, in_ten_days):
    later = open_session(starts_at=in_ten_days + timedelta(days=1))
    sooner = open_session()
    open_session(starts_at=timezone.now() - timedelta(hours=1))
    assert found() == [sooner, later]


def test_a_class_that_was_called_off_stays_and_has_no_free_seats(open_session, in_ten_days):
    held = open_session(starts_at=in_ten_days + timedelta(days=1))
    off = open_session(state="called_off")
    assert found() == [off, held]
    assert found(free="1") == [held]


def test_classes_for_staff_are_not_on_it(open_session):
    open_session()
    Course.objects.update(audience=Course.Audience.STAFF)
    assert found() == []


def test_it_is_narrowed_by_course_topic_and_district(open_session, maps, district):
    basics = open_session()
    ClassSession.objects.filter(pk=basics.pk).update(
        venue=Venue.objects.create(name_ja="大湯温泉会館", district=None)
    )
    other = open_session(course=maps)
    Venue.objects.filter(pk=other.venue_id).update(district=district)
    assert found(course="maps") == [other]
    assert found(topic="internet") == [other]
    assert found(district=district.code) == [other]
    assert set(found()) == {basics, other}


def test_it_is_narrowed_to_tutors_who_speak_a_language(open_session):
    open_session()
    speaks = open_session()
    for name in ("講師一", "講師二"):
        speaks.tutors.add(Tutor.objects.create(name=name, languages=["vi"]))
    assert found(lang="vi") == [speaks]


def test_only_classes_with_free_seats_if_asked(open_session):
    free = open_session()
    open_session(capacity=2, seats_taken=2)
    open_session(capacity=2, seats_taken=1, line_own=1)
    assert found(free="1") == [free]


@pytest.mark.parametrize(
    "asked",
    [
        {"district": "99999"},
        {"course": "' OR 1=1 --"},
        {"topic": "astrology"},
        {"lang": "la"},
        {"page": "-3"},
        {"page": "９"},
        {"view": "month", "month": "2026-13"},
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_taken_as_not_asked(open_session, asked):
    session = open_session()
    schedule = Schedule(asked, now=timezone.now())
    assert schedule.sessions == [session]
    assert any(day.sessions for week in schedule.weeks for day in week)


def test_a_month_has_whole_weeks_from_sunday_and_each_class_on_its_day(open_session, in_ten_days):
    session = open_session()
    asked = {"view": "month", "month": f"{in_ten_days:%Y-%m}"}
    weeks = Schedule(asked, now=timezone.now()).weeks
    assert {len(week) for week in weeks} == {7}
    assert all(week[0].on.weekday() == 6 for week in weeks)
    days = {day.on: day.sessions for week in weeks for day in week}
    assert days[in_ten_days.date()] == [session]
    assert sum(map(len, days.values())) == 1


def test_without_a_month_the_one_of_the_next_class_is_shown(open_session, in_ten_days):
    open_session(starts_at=in_ten_days + timedelta(days=70))
    month = Schedule({"view": "month"}, now=timezone.now()).month
    assert month == (in_ten_days + timedelta(days=70)).date().replace(day=1)


def test_months_are_turned_from_the_present_one_to_that_of_the_last_class(
    open_session, in_ten_days
):
    open_session(starts_at=in_ten_days + timedelta(days=70))
    last = (in_ten_days + timedelta(days=70)).date()
    for month, before, after in (
        (f"{timezone.localdate():%Y-%m}", False, True),
        (f"{last:%Y-%m}", True, False),
        ("2099-01", True, False),
    ):
        schedule = Schedule({"view": "month", "month": month}, now=timezone.now())
        assert (bool(schedule.month_before), bool(schedule.month_after)) == (before, after)


def test_the_month_shown_unasked_has_one_address_from_both_sides(open_session, in_ten_days):
    shown = in_ten_days + timedelta(days=70)
    for days in (70, 140):
        open_session(starts_at=in_ten_days + timedelta(days=days))
    beside = [shown.replace(day=1) - timedelta(days=1), shown.replace(day=1) + timedelta(days=31)]
    before, after = (
        Schedule({"view": "month", "month": f"{day:%Y-%m}"}, now=timezone.now()) for day in beside
    )
    assert before.month_after == after.month_before == "?view=month"
    assert after.month_turned_to == f"{beside[1]:%Y-%m}"
    assert Schedule({"view": "month"}, now=timezone.now()).month_turned_to == ""


@pytest.fixture
def site(db, planting):
    planting.again()


# Wagtail asks for the site, its first page, the page, its own columns, and who may see it. The
# schedule asks for districts, courses, tutors and classes; a month for the first and the last.
OF_THE_PAGE = 6
OF_THE_SCHEDULE = {"": 4, "&view=month": 5}


def test_many_classes_take_few_questions_and_little_room(
    client, site, open_session, django_assert_num_queries
):
    first = open_session()
    ClassSession.objects.bulk_create(
        ClassSession(
            course=first.course,
            venue=first.venue,
            starts_at=first.starts_at + timedelta(hours=number),
            ends_at=first.ends_at + timedelta(hours=number),
            capacity=10,
        )
        for number in range(1, 500)
    )
    client.get("/ja/classes/?warm=1")
    for view, questions in OF_THE_SCHEDULE.items():
        with django_assert_num_queries(OF_THE_PAGE + questions):
            response = client.get(f"/ja/classes/?free=1{view}")
        assert response.status_code == 200
    listed = client.get("/ja/classes/?free=1").content.decode()
    assert listed.count("/register/") == PAGE
    assert len(listed) < 300 * 1024
    assert "page=2" in listed


def test_another_language_shows_the_same_month(client, site, open_session):
    open_session()
    page = client.get("/ja/classes/?view=month&free=1").content.decode()
    assert page.count('href="/vi/classes/?view=month&amp;free=1"') == 1
    assert 'hreflang="vi" href="http://testserver/vi/classes/?view=month&amp;free=1"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in client.get("/ja/classes/").content.decode()


def test_the_last_page_leads_back_and_no_further(client, site, open_session):
    for _ in range(PAGE + 1):
        open_session()
    last = client.get("/ja/classes/?page=2").content.decode()
    assert last.count("/register/") == 1
    assert "page=1" in last
    assert "page=3" not in last


def test_a_search_that_finds_nothing_says_what_to_do(client, site, open_session):
    open_session(capacity=1, seats_taken=1)
    page = client.get("/ja/classes/?free=1").content.decode()
    assert 'class="empty"' in page
    assert "0186-00-0100" in page


@pytest.mark.parametrize("view", ["", "?view=month"], ids=["list", "month"])
def test_a_class_that_was_called_off_says_so(client, site, open_session, view):
    open_session(state="called_off")
    page = client.get(f"/vi/classes/{view}").content.decode()
    assert "seats--off" in page
    assert "seats--free" not in page
    assert 'class="button" href="/vi/classes/' not in page


@pytest.mark.parametrize("view", ["", "?view=month"], ids=["list", "month"])
def test_seats_are_words_and_a_full_class_takes_people_into_its_line(
    client, site, open_session, view
):
    full = open_session(capacity=9, seats_taken=9)
    page = client.get(f"/vi/classes/{view}").content.decode()
    assert f"/vi/classes/{full.pk}/register/" in page
    assert "seats--full" in page
    assert "9 / 9" not in page
