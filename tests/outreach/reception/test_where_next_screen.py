"""Coverage, requests and earlier days become a proposal; nobody is named in it."""

from datetime import date
from uuid import uuid4

import pytest

from config.outreach_checks import reach_of_mobile_desks_can_be_read
from outreach.coverage.actions import holdings
from outreach.places.models import District, Venue
from outreach.reception.models import ReceptionPoint
from outreach.reception.where_next import where_next
from outreach.visits.actions import requests
from tests.cast import HARU

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(boundary_set, now):
    """A district in two parts and another one, each with a venue in its middle."""
    whole = District.objects.create(boundary_set=boundary_set, code="oyu", name="大湯")
    places = {}
    for code, name, north, people, cards, parent in (
        ("oyu-1", "大湯", 40.29, 400, 300, whole),
        ("oyu-2", "草木", 40.26, 200, 150, whole),
        ("tanai", "谷内", 40.11, 300, 220, None),
        ("nowhere", "場所不明", None, 90, 20, None),
    ):
        district = District.objects.create(
            boundary_set=boundary_set,
            code=code,
            name=name,
            parent=parent,
            latitude=north,
            longitude=north and 140.80,
        )
        places[code] = (district, people, cards)
        if north and code != "oyu-2":
            Venue.objects.create(
                name_ja=f"{name}センター", latitude=north, longitude=140.80, district=district
            )
    holdings.replace(
        rows=[(code, -1, "b", people, cards) for code, (_, people, cards) in places.items()],
        as_of=date(2026, 9, 30),
        population_as_of=date(2026, 9, 1),
        file_name="test.csv",
        sha256="0" * 64,
        now=now,
    )
    return whole


def proposed(now, **changes):
    asked = {
        "today": now.date(),
        "first": date(2026, 10, 15),
        "weekdays": frozenset({1, 3}),
        "limit": 15,
        "most": 3,
    }
    return where_next(**{**asked, **changes})


def test_the_arithmetic_is_that_of_the_counts(town, now, make_person):
    haru = make_person(HARU)
    haru.district = town
    haru.save()
    requests.ask(
        person=haru,
        relation="self",
        asked_by=None,
        topic="first_card",
        submission=uuid4(),
        how="phone",
        now=now,
    )
    found = proposed(now)

    assert [
        (one.proposal.site.name, one.on.day, one.proposal.people, one.proposal.requests)
        for one in found.suggestions
    ] == [("大湯センター", 15, 150, 1), ("谷内センター", 20, 80, 0)]
    assert (found.people, found.without_card, found.not_placed) == (230, 230, ["場所不明"])


def test_a_mobile_desk_lately_has_reached_its_people(town, now, make_day, venue):
    desk = ReceptionPoint.objects.create(kind="mobile_desk", venue=venue, name_ja="出張窓口")
    oyu = Venue.objects.get(name_ja="大湯センター")
    make_day(point=desk, venue=oyu, on=date(2026, 8, 4), booths=1)
    make_day(point=desk, venue=oyu, on=date(2026, 10, 15), booths=1)
    found = proposed(now)

    (only,) = found.suggestions
    assert (only.proposal.site.name, only.on) == ("谷内センター", date(2026, 10, 20))
    assert len(found.earlier) == 2


def test_in_winter_the_same_minutes_reach_less(town, now):
    assert proposed(now, first=date(2026, 12, 3)).winter
    assert proposed(now, first=date(2026, 12, 3), limit=10).people < proposed(now, limit=10).people


def test_without_counts_nothing_is_proposed(boundary_set, now):
    assert proposed(now).suggestions == []


def test_a_manager_reads_sums_and_no_names(town, log_in, make_person):
    make_person(HARU)
    page = log_in("manager").get("/staff/reception/where-next/").content.decode()
    assert "大湯センター" in page
    assert HARU.name not in page
    wrong = log_in("manager").get("/staff/reception/where-next/?first=soon")
    assert wrong.context["found"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REACH_MINUTES", "far"),
        ("ROAD_FACTOR", "0"),
        ("ROAD_SPEED_KMH", "300"),
        ("WINTER_FACTOR", ""),
    ],
)
def test_a_setting_nobody_can_mean_is_named(settings, name, value):
    assert reach_of_mobile_desks_can_be_read() == []
    setattr(settings, name, value)
    (fault,) = reach_of_mobile_desks_can_be_read()
    assert fault.id == "todoke.E051"
    assert name in fault.msg
