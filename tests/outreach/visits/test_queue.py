"""The queue: who is urgent and why, until when, and who has it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from outreach.people.models import AccessRecord
from outreach.places.models import District
from outreach.visits.actions import holders
from outreach.visits.forms.queue import planners
from outreach.visits.models import VisitRequest
from outreach.visits.queue import as_waiting
from tests.cast import LI_NA

Asking = Callable[..., VisitRequest]
# How many, which ones, their districts, the days ahead, and the record of the look.
OWN_QUERIES = 5
LIST = "/staff/visits/"


@pytest.fixture
def colleague(roles: None) -> User:
    user = User.objects.create(username="dourou", last_name="花輪", first_name="恵")
    user.groups.add(Group.objects.get(name="desk"))
    return user


def listed(client: Client, **chosen: object) -> list[VisitRequest]:
    return [row.request for row in client.get(LIST, chosen).context["rows"]]


def test_a_period_of_stay_is_as_urgent_as_a_card(ask: Asking, log_in) -> None:
    today = timezone.localdate()
    waits = ask(now=timezone.now() - timedelta(days=20))
    stay = ask(stay_until=today + timedelta(days=6), expires_on=today + timedelta(days=900))
    card = ask(expires_on=today + timedelta(days=8))
    client = log_in("desk")
    assert listed(client) == [stay, card, waits]
    assert as_waiting(stay, today=today).urgency.ends_stay


def test_the_city_answers_within_working_days(ask: Asking, now) -> None:
    """Asked on Thursday 1 October; 12 October is a holiday."""
    request = ask(now=now)
    row = as_waiting(request, today=date(2026, 10, 16))
    assert (row.due, row.is_late) == (date(2026, 10, 16), False)
    assert as_waiting(request, today=date(2026, 10, 17)).urgency.level == "overdue"


def test_the_queue_is_filtered(
    ask: Asking, log_in, make_person, district: District, officer: User, now
) -> None:
    plain, unsure = ask(), ask(topic="unsure")
    here = make_person(LI_NA)
    here.district = district
    here.save()
    in_district = ask(person=here)
    holders.hand(requests=[unsure], to=officer, seen=None, by=officer, now=now)
    client = log_in("desk")
    assert set(listed(client)) == {plain, unsure, in_district}
    assert listed(client, topic="unsure") == [unsure]
    assert listed(client, district=district.pk) == [in_district]
    assert listed(client, whose="mine") == [unsure]
    assert set(listed(client, whose="nobody")) == {plain, in_district}
    assert "visits:requests" in set(AccessRecord.objects.values_list("screen", flat=True))


def test_a_page_of_the_queue_asks_five_times_however_long_it_is(
    ask: Asking, log_in, district: District
) -> None:
    """Beside what every staff page asks: who is there, and what stands in the menu."""
    for _ in range(6):
        ask()
    client = log_in("desk")
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST, {"whose": "nobody"})
    tables = ("visits_", "places_district", "people_accessrecord")
    own = [
        query["sql"]
        for query in asked
        if any(
            f'FROM "{table}' in query["sql"] or f'INTO "{table}' in query["sql"] for table in tables
        )
    ]
    assert len(own) == OWN_QUERIES


def test_a_request_is_taken_given_on_and_given_back(
    ask: Asking, log_in, officer: User, colleague: User
) -> None:
    request, client = ask(), log_in("desk")
    hold = reverse("visits_staff:hold", args=[request.pk])
    taken = client.post(hold, {"holder": officer.pk, "seen": "", "from": "list"})
    assert taken["Location"] == LIST
    client.post(hold, {"holder": colleague.pk, "seen": officer.pk})
    client.post(hold, {"holder": "", "seen": colleague.pk})
    history = request.events.filter(kind="holder").order_by("pk")
    assert [event.holder for event in history] == [officer, colleague, None]
    page = client.get(reverse("visits_staff:request", args=[request.pk])).content.decode()
    assert "花輪 恵" in page


def test_who_saw_an_older_page_takes_nothing_from_a_colleague(
    ask: Asking, log_in, officer: User, colleague: User, now
) -> None:
    request = ask()
    holders.hand(requests=[request], to=colleague, seen=None, by=colleague, now=now)
    client = log_in("desk")
    hold = reverse("visits_staff:hold", args=[request.pk])
    page = client.post(hold, {"holder": officer.pk, "seen": ""}, follow=True)
    assert "花輪 恵" in page.content.decode()
    request.refresh_from_db()
    assert request.holder == colleague


def test_only_who_plans_visits_can_have_one(
    ask: Asking, log_in, officer: User, visitor: User
) -> None:
    assert list(planners()) == [officer]
    request = ask()
    hold = reverse("visits_staff:hold", args=[request.pk])
    log_in("desk").post(hold, {"holder": visitor.pk, "seen": ""})
    request.refresh_from_db()
    assert request.holder is None
