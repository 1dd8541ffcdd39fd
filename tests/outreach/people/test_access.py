import pytest

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, HARU
from tests.outreach.people.test_identify import identify


@pytest.fixture
def two(db):
    return [identify(HARU), identify(AKIKO)]


def look(staff, now, people):
    record_access(
        by=staff("desk"), people=people, action=AccessRecord.Action.VIEW, screen="day list", now=now
    )


def test_who_saw_whom_where_and_when_is_recorded(two, staff, now):
    look(staff, now, two)

    rows = AccessRecord.objects.order_by("person__kana")
    assert [row.person for row in rows] == [two[1], two[0]]
    assert {(row.by, row.action, row.screen, row.at) for row in rows} == {
        (staff("desk"), "view", "day list", now)
    }


def test_somebody_shown_twice_on_a_screen_was_seen_once(two, staff, now):
    look(staff, now, iter([two[0], two[0]]))

    assert AccessRecord.objects.get().person == two[0]


def test_an_empty_screen_leaves_no_record(two, staff, now):
    look(staff, now, [])

    assert not AccessRecord.objects.exists()


def test_many_people_are_recorded_at_once(two, staff, now, django_assert_num_queries):
    by = staff("desk")
    with django_assert_num_queries(3):  # one insert, between the two ends of its savepoint
        record_access(
            by=by, people=two, action=AccessRecord.Action.EXPORT, screen="outbox", now=now
        )


def test_the_record_outlives_the_person(two, staff, now):
    look(staff, now, two[:1])

    two[0].delete()

    assert AccessRecord.objects.get().person is None
