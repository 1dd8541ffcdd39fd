"""The officer's screen: propose, change, save; who sees what of it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from outreach.people.models import AccessRecord
from outreach.visits.actions import visits
from outreach.visits.models import Team, Visit, VisitRequest

Asking = Callable[..., VisitRequest]
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _short_search(settings) -> None:
    settings.PLANNING_SECONDS = "0.2"


@pytest.fixture
def on() -> date:
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def address(on: date) -> str:
    return reverse("visits_staff:plan", args=[on.isoformat()])


def proposal_in(page: str) -> str:
    found = re.search(r'name="proposal" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_day_is_proposed_changed_and_saved(
    ask_for_another: Asking, team: Team, log_in: LogIn, address: str
) -> None:
    asked = [ask_for_another(now=timezone.now()) for _ in range(3)]
    left = ask_for_another(language="vi", now=timezone.now())
    client = log_in("desk")
    page = client.post(address, {"step": "propose"}).content.decode()
    assert all(request.person.name in page for request in (*asked, left))
    assert "Tiếng Việt" in page
    assert page.count("<rect") >= 3
    assert Visit.objects.count() == 0

    swap = {"step": "swap", "one": asked[0].pk, "other": asked[2].pk}
    page = client.post(address, {**swap, "proposal": proposal_in(page)}).content.decode()
    replan = {"step": "replan", "keep": [asked[0].pk], "proposal": proposal_in(page)}
    page = client.post(address, replan).content.decode()
    assert f'value="{asked[0].pk}" checked' in page

    saved = client.post(address, {"step": "save", "proposal": proposal_in(page)}, follow=True)
    assert saved.redirect_chain == [(address, 302)]
    assert {visit.request for visit in Visit.objects.all()} == set(asked)
    assert Visit.objects.get(pinned=True).request == asked[0]
    seen = AccessRecord.objects.filter(screen="visits:plan")
    assert set(seen.values_list("action", flat=True)) == {"view", "change"}
    assert left.person_id in set(seen.values_list("person", flat=True))


def test_a_proposal_somebody_wrote_themselves_is_refused(
    team: Team, log_in: LogIn, address: str
) -> None:
    page = log_in("desk").post(address, {"step": "save", "proposal": "mine"}).content.decode()
    assert 'class="messages"' in page or "error" in page
    assert Visit.objects.count() == 0


def test_a_visit_is_fixed_and_let_go(
    ask_for_another: Asking, team: Team, officer: User, log_in: LogIn, on: date, address: str
) -> None:
    now = timezone.now()
    visit = visits.schedule(
        request=ask_for_another(now=now), team=team, on=on, time_slot="am", by=officer, now=now
    )
    client = log_in("desk")
    for pinned in (True, False):
        answer = client.post(reverse("visits_staff:pin", args=[visit.pk]), {"pinned": int(pinned)})
        assert answer.headers["Location"] == address
        visit.refresh_from_db()
        assert visit.pinned is pinned


def test_a_routing_server_that_is_down_is_said_and_estimates_are_offered(
    ask_for_another: Asking, team: Team, log_in: LogIn, address: str, settings
) -> None:
    settings.ROUTING_URL = "http://127.0.0.1:9"
    ask_for_another(now=timezone.now())
    client = log_in("desk")
    page = client.post(address, {"step": "propose"}).content.decode()
    assert "127.0.0.1:9" in page
    assert 'name="estimated"' in page
    page = client.post(address, {"step": "propose", "estimated": "1"}).content.decode()
    assert proposal_in(page)


def test_a_day_that_is_none_is_not_there(log_in: LogIn) -> None:
    client = log_in("desk")
    assert client.get(reverse("visits_staff:plan", args=["2026-13-01"])).status_code == 404
    answer = client.get(reverse("visits_staff:plan_next"), {"day": "R8.12.1"})
    assert answer.headers["Location"].endswith("/plan/2026-12-01/")


def test_a_visit_given_to_another_team_is_gone_for_the_former_visitor_at_once(
    ask_for_another: Asking,
    team: Team,
    other_team: Team,
    log_in: LogIn,
    on: date,
    address: str,
) -> None:
    """A plan is saved for the visitor's team; the next plan gives the visit to the other one."""
    request = ask_for_another(now=timezone.now())
    desk, visitor = log_in("desk"), log_in("visitor")
    page = desk.post(address, {"step": "propose", "team": team.pk}).content.decode()
    desk.post(address, {"step": "save", "proposal": proposal_in(page)})
    visit = Visit.objects.get()
    outcome = reverse("visits_staff:outcome", args=[visit.pk])
    day = reverse("visits_staff:day", args=[on.isoformat()])
    assert visitor.get(outcome).status_code == 200
    assert request.person.name in visitor.get(day).content.decode()

    team.has_tablet = team.takes_photos = False
    team.save()
    page = desk.post(address, {"step": "propose"}).content.decode()
    desk.post(address, {"step": "save", "proposal": proposal_in(page)})
    visit.refresh_from_db()
    assert visit.team == other_team
    assert visitor.get(outcome).status_code == 404
    assert request.person.name not in visitor.get(day).content.decode()
    assert visitor.get(address).status_code in (302, 403)
