from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from notifications import reasons
from notifications.actions import sending_stops
from notifications.models import SendingStop


@pytest.fixture
def officer(db):
    return User.objects.create(username="madoguchi")


def test_a_stop_stands_with_who_and_why_until_it_is_lifted(officer, now):
    assert sending_stops.standing() is None

    stop = sending_stops.stop(reason="文面の誤り", by=officer, now=now)

    assert sending_stops.standing() == stop
    assert (stop.reason, stop.stopped_by, stop.stopped_at) == ("文面の誤り", officer, now)
    later = now + timedelta(hours=1)
    assert sending_stops.lift(by=officer, now=later) is True
    assert sending_stops.standing() is None
    stop.refresh_from_db()
    assert (stop.lifted_by, stop.lifted_at) == (officer, later)


def test_a_second_stop_leaves_the_first_as_it_is(officer, now):
    first = sending_stops.stop(reason="文面の誤り", by=officer, now=now)

    second = sending_stops.stop(reason="別の理由", by=None, now=now + timedelta(minutes=1))

    assert second == first
    assert SendingStop.objects.get().reason == "文面の誤り"


def test_what_is_not_stopped_cannot_be_lifted(officer, now):
    assert sending_stops.lift(by=officer, now=now) is False
    assert not SendingStop.objects.exists()


def test_after_a_lift_it_can_be_stopped_again(officer, now):
    sending_stops.stop(reason="一つ目", by=officer, now=now)
    sending_stops.lift(by=officer, now=now)

    again = sending_stops.stop(reason="二つ目", by=None, now=now)

    assert sending_stops.standing() == again
    assert SendingStop.objects.count() == 2


def test_the_reason_of_a_ceiling_is_kept_in_the_language_of_the_house(db, now):
    with translation.override("vi"):
        stop = sending_stops.stop(reason=reasons.ENOUGH_NEWS, by=None, now=now)

    assert stop.reason == reasons.in_house_language(reasons.ENOUGH_NEWS)


def test_two_standing_stops_are_refused_by_the_database(officer, now):
    sending_stops.stop(reason="一つ目", by=officer, now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        SendingStop.objects.create(reason="二つ目", stopped_at=now)


@pytest.mark.django_db(transaction=True)
def test_many_who_stop_at_once_make_one_stop(now):
    start = Barrier(4)

    def press(number):
        try:
            start.wait(timeout=10)
            return sending_stops.stop(reason=f"理由{number}", by=None, now=now).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        stops = set(pool.map(press, range(4)))

    assert len(stops) == SendingStop.objects.count() == 1
