"""Where a visit goes: what of a residence the teams read, and what planning may know."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Contact
from outreach.people.actions import records
from outreach.people.actions.records import Home
from outreach.people.models import CareFacility, Person, Residence
from outreach.places.models import District
from outreach.visits.actions import visits
from outreach.visits.models import Team, VisitRequest
from outreach.visits.places_to_go import place_of
from outreach.visits.planning.travel import Height, Place
from tests.cast import HARU

HOME = Home(
    address="花輪字下花輪50",
    latitude=40.21,
    longitude=140.81,
    access_notes="裏の階段から",
    parking=True,
    road_height=Residence.RoadHeight.MOUNTAIN,
)
SAID = ("花輪字下花輪50", "裏の階段から", str(Residence.RoadHeight.MOUNTAIN.label))


@pytest.fixture
def facility(db: None) -> CareFacility:
    return CareFacility.objects.create(
        name="花輪ケアホーム", address="花輪字向1", latitude=40.22, longitude=140.82
    )


@pytest.fixture
def planned(
    ask: Callable[..., VisitRequest], haru: Person, team: Team, officer: User
) -> VisitRequest:
    records.settle(person=haru, home=HOME)
    now = timezone.now()
    request = ask(now=now)
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    visits.schedule(request=request, team=team, on=tomorrow, time_slot="am", by=officer, now=now)
    return request


def pages(planned: VisitRequest, client: Client) -> list[str]:
    day: date = planned.visits.get().visit_on
    return [
        client.get(address).content.decode()
        for address in (
            reverse("visits_staff:day", args=[day.isoformat()]),
            reverse("visits_staff:request", args=[planned.pk]),
        )
    ]


def test_teams_read_the_address_the_way_and_the_road_on_record(
    planned: VisitRequest, log_in: Callable[[str], Client]
) -> None:
    for page in pages(planned, log_in("desk")):
        assert all(said in page for said in SAID)


def test_of_a_protected_person_nothing_of_it_is_read(
    planned: VisitRequest, log_in: Callable[[str], Client]
) -> None:
    Contact.objects.filter(person=planned.person).update(protected=True)
    for page in pages(planned, log_in("desk")):
        assert not any(said in page for said in SAID)


def test_planning_drives_to_the_door_on_record(
    ask: Callable[..., VisitRequest], haru: Person
) -> None:
    records.settle(person=haru, home=HOME)
    assert place_of(_read(ask())) == Place(40.21, 140.81, Height.MOUNTAIN)


def test_planning_knows_the_district_of_a_protected_person_alone(
    ask: Callable[..., VisitRequest], haru: Person, district: District
) -> None:
    records.settle(person=haru, home=HOME)
    Person.objects.filter(pk=haru.pk).update(district=district)
    Contact.objects.filter(pk=haru.contact_id).update(protected=True)
    assert place_of(_read(ask())) == Place(40.19, 140.79, Height.VALLEY)


def test_a_road_is_known_to_climb_even_where_the_door_is_not(
    ask: Callable[..., VisitRequest], haru: Person, district: District
) -> None:
    records.settle(person=haru, home=Home(address="花輪", road_height=2))
    Person.objects.filter(pk=haru.pk).update(district=district)
    assert place_of(_read(ask())) == Place(40.19, 140.79, Height.HILLS)


def test_who_lives_in_a_facility_is_visited_there(
    ask: Callable[..., VisitRequest], haru: Person, facility: CareFacility
) -> None:
    records.settle(person=haru, home=Home(facility=facility))
    assert place_of(_read(ask())) == Place(40.22, 140.82)


def test_places_come_with_the_requests(
    ask_for_another: Callable[..., VisitRequest],
    facility: CareFacility,
    now: datetime,
    django_assert_num_queries,
) -> None:
    for home in (HOME, Home(facility=facility), Home(address="毛馬内")):
        records.settle(person=ask_for_another().person, home=home)
    ask_for_another()
    with django_assert_num_queries(1):
        found = VisitRequest.objects.awaiting_visit(today=timezone.localdate(now))
        assert [place_of(request) is not None for request in found] == [True] * 4


def test_who_is_on_record_is_not_typed_again(haru: Person, log_in: Callable[[str], Client]) -> None:
    records.settle(person=haru, home=HOME)
    client, form = log_in("desk"), f"{reverse('visits_staff:new')}?person={haru.pk}"
    page = client.get(form).content.decode()
    assert all(f'value="{known}"' in page for known in (HARU.name, HARU.kana, HOME.address))
    assert haru.access_records.filter(screen="visits:new", action="view").exists()
    Contact.objects.filter(person=haru).update(protected=True)
    assert HOME.address not in client.get(form).content.decode()
    assert client.get(f"{reverse('visits_staff:new')}?person=99999999").status_code == 404


def _read(request: VisitRequest) -> VisitRequest:
    return VisitRequest.objects.with_people().get(pk=request.pk)
