"""A group is of a facility on record, and its residents have whole birth dates."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from notifications.rules.phones import parse_phone
from outreach.people.actions import facilities, records
from outreach.people.actions.facilities import FacilityFacts
from outreach.people.actions.records import Home
from outreach.people.models import CareFacility, Person
from outreach.visits.actions import groups
from outreach.visits.actions.groups import GroupAnswers
from outreach.visits.advice import situation_of
from outreach.visits.forms.group_table import person_of, table_faults
from outreach.visits.models import RequestGroup, VisitRequest
from outreach.visits.places_to_go import place_of
from outreach.visits.planning.travel import Place
from tests.cast import AKIKO, CARE_MANAGER, HARU


def row(name: str, born: str) -> dict[str, str]:
    return {"name": name, "kana": "", "born": born, "language": "", "notes": ""}


@pytest.fixture
def group(db: None, now: datetime) -> RequestGroup:
    told = GroupAnswers(
        relation="facility",
        asker_name=CARE_MANAGER.name,
        asker_phone=parse_phone(CARE_MANAGER.phone),
        facility_name="ひまわり苑",
        topic="first_card",
        people=(
            person_of(row(HARU.name, "昭和26年10月2日")),
            person_of(row(AKIKO.name, "S30")),
        ),
    )
    return groups.receive(answers=told, submission=uuid4(), how="web", language="ja", now=now)


def facility(name: str) -> CareFacility:
    facts = FacilityFacts(name=name, address=f"花輪字{name}", latitude=40.22, longitude=140.82)
    return facilities.write_down(facts=facts)


def test_whole_dates_are_kept_and_years_stay_years(group: RequestGroup) -> None:
    found = Person.objects.order_by("pk").values_list("birth_year", "birth_date")
    assert list(found) == [(1951, date(1951, 10, 2)), (1955, None)]


def test_who_turns_75_tomorrow_is_74_and_who_told_the_year_may_be_younger(
    group: RequestGroup,
) -> None:
    first, second = VisitRequest.objects.order_by("pk").select_related("person")
    ages = [situation_of(first, today=date(2026, 10, day)).age for day in (1, 2)]
    assert ages == [74, 75]
    assert situation_of(second, today=date(2026, 10, 2)).age == 70


@pytest.mark.parametrize("born", ["2999/01/01", "1850-01-01"])
def test_nobody_is_born_tomorrow_or_in_another_age(born: str) -> None:
    assert [fault.column for fault in table_faults([row(HARU.name, born)])] == ["born"]


def test_the_group_is_visited_where_its_facility_stands(
    group: RequestGroup, officer: User, log_in: Callable[[str], Client]
) -> None:
    at_home = Person.objects.get(name=AKIKO.name)
    records.settle(person=at_home, home=Home(address="毛馬内1", latitude=40.3, longitude=140.7))
    sunflower = facility("向日葵")
    facilities.name_contact(
        facility=sunflower,
        name="黒土健",
        duty="相談員",
        phone=parse_phone("0186-00-0119"),
        email="",
        language="ja",
    )
    client, page = log_in("desk"), reverse("visits_staff:group", args=[group.pk])
    client.post(reverse("visits_staff:link_group", args=[group.pk]), {"facility": sunflower.pk})
    html = client.get(page).content.decode()
    assert all(word in html for word in ("向日葵", "黒土健", "相談員", "0186-00-0119"))
    places = [place_of(one) for one in VisitRequest.objects.order_by("pk").with_people()]
    assert places == [Place(40.22, 140.82), Place(40.3, 140.7)]


def test_a_wrong_link_is_put_right_for_everybody_it_moved(group: RequestGroup) -> None:
    for name in ("向日葵", "木漏れ日"):
        groups.link(group=group, facility=facility(name))
    haru = Person.objects.get(name=HARU.name)
    assert haru.residence.facility.name == "木漏れ日"
    groups.link(group=group, facility=None)
    group.refresh_from_db()
    assert group.facility is None
