"""Whom to fetch for a class, and whether the bus is enough."""

from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from outreach.classes.actions import registrations
from outreach.classes.rides import rides_ahead, rides_of
from outreach.classes.rules.needs import Needs
from outreach.people.models import AccessRecord
from outreach.places.models import District
from tests.cast import AKIKO, HARU, LI_NA, LINH

pytestmark = pytest.mark.django_db


def said(words):
    """A sentence as the desk reads it."""
    with override("ja"):
        return gettext(words)


@pytest.fixture
def session(open_session):
    return open_session(bus_seats=3)


@pytest.fixture
def rider(session, resident):
    def keep(character, place=None, *, wants_ride=True, in_session=session, **needs):
        person = resident(character)
        person.district = place
        person.save()
        return registrations.register(
            session=in_session,
            person=person,
            submission=uuid4(),
            how="phone",
            now=timezone.now(),
            needs=Needs(wants_ride=wants_ride, **needs),
        )

    return keep


@pytest.fixture
def oyu(district):
    return District.objects.create(boundary_set=district.boundary_set, code="02", name="大湯")


@pytest.fixture
def desk(log_in):
    return log_in("desk")


def test_riders_stand_by_district_and_who_comes_by_themselves_does_not(
    session, rider, district, oyu
):
    rider(HARU, oyu)
    rider(LINH, district)
    rider(AKIKO, oyu)
    rider(LI_NA, oyu, wants_ride=False)
    found = rides_of(session)
    assert [(stop.district, stop.seats) for stop in found.stops] == [("大湯", 2), ("花輪", 1)]
    assert [one.registration.person.kana for one in found.stops[0].riders] == [
        AKIKO.kana,
        HARU.kana,
    ]


@pytest.mark.parametrize(("bus", "over"), [(0, 3), (2, 1), (3, 0), (4, 0)])
def test_who_comes_along_takes_a_seat_in_the_bus_too(session, rider, district, bus, over):
    session.bus_seats = bus
    rider(HARU, district, companion=True)
    rider(LINH, district)
    assert (rides_of(session).seats, rides_of(session).over) == (3, over)


def test_the_district_of_a_protected_person_is_on_no_list(session, rider, district, desk):
    haru = rider(HARU, district)
    haru.person.contact.protected = True
    haru.person.contact.save()
    assert [stop.district for stop in rides_of(session).stops] == [""]
    text = desk.get(f"/staff/classes/{session.pk}/rides/", {"print": "1"}).content.decode()
    assert HARU.name in text
    assert district.name not in text.replace("花輪市民センター", "").replace("花輪字八正寺", "")


def test_the_drivers_list_has_four_things_and_nothing_else(session, rider, district, desk):
    haru = rider(
        HARU, district, wheelchair=True, hearing=True, wish="写真を送る", phone_model="F-42A"
    )
    text = desk.get(f"/staff/classes/{session.pk}/rides/", {"print": "1"}).content.decode()
    for expected in (HARU.name, HARU.phone, district.name, said("Wheelchair")):
        assert expected in text
    not_for_drivers = said("Hard of hearing: seat in front")
    for hidden in (haru.reference, "写真を送る", "F-42A", "1944", not_for_drivers):
        assert hidden not in text
    assert AccessRecord.objects.get().action == AccessRecord.Action.EXPORT


def test_a_bus_that_is_too_small_is_shown(session, rider, district, desk):
    session.bus_seats = 1
    session.save(update_fields=["bus_seats"])
    rider(HARU, district, companion=True)
    assert 'class="over"' in desk.get(f"/staff/classes/{session.pk}/rides/").content.decode()
    (shown,) = desk.get("/staff/classes/rides/").context["all_rides"]
    assert shown.over == 1


def test_the_look_on_the_screen_is_on_record(session, rider, desk):
    rider(HARU)
    desk.get(f"/staff/classes/{session.pk}/rides/")
    assert AccessRecord.objects.get().action == AccessRecord.Action.VIEW


def test_all_classes_with_rides_take_three_queries(
    rider, open_session, district, django_assert_max_num_queries
):
    for character in (HARU, LINH, AKIKO):
        rider(character, district, in_session=open_session())
    open_session()
    with django_assert_max_num_queries(3):
        assert len(rides_ahead(now=timezone.now())) == 3


def test_a_class_without_rides_says_so(session, desk):
    text = desk.get(f"/staff/classes/{session.pk}/rides/").content.decode()
    assert said("Nobody wants a ride to this class.") in text
