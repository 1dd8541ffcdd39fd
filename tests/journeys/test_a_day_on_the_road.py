"""A visitor works where the network does not reach, and what they pressed arrives once."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from notifications.rules.phones import parse_phone
from outreach.classes.models import ClassSession
from outreach.people.actions import people
from outreach.visits.actions import requests, visits
from outreach.visits.models import Team, Visit, VisitMark
from tests.cast import AKIKO, HARU, STAFF, Character
from tests.journeys.conftest import PHONE


def planned(team: Team, character: Character, desk: User) -> Visit:
    now = timezone.now()
    person = people.identify(
        name=character.name,
        kana=character.kana,
        phone=parse_phone(character.phone),
        language=character.language,
    )
    request = requests.ask(
        person=person,
        relation="self",
        asked_by=None,
        topic="first_card",
        submission=uuid4(),
        how="phone",
        now=now,
    )
    on = timezone.localdate()
    return visits.schedule(request=request, team=team, on=on, time_slot="am", by=desk, now=now)


def test_a_visitor_works_off_line_and_syncs(
    town: ClassSession,
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given a team of two with two visits today, and its sheet open on a telephone
    desk = User.objects.create_user("keikaku")
    partner = User.objects.create_user("partner", last_name="成田")
    team = Team.objects.create(name="第1班")
    team.members.add(partner)
    haru, akiko = planned(team, HARU, desk), planned(team, AKIKO, desk)
    page = logged_in("visitor", "/healthz")
    team.members.add(User.objects.get(username=STAFF["visitor"]))
    page.set_viewport_size(PHONE)
    page.goto(reverse("visits_staff:sheet", args=[haru.visit_on.isoformat()]))
    accessible(page)

    # When the network drops and they press on both visits
    page.context.set_offline(True)
    page.click(f"button[value='{haru.pk}:arrived:']")
    page.click(f"#visit-{haru.pk} summary")
    page.click(f"button[value='{haru.pk}:outcome:applied']")
    page.click(f"button[value='{akiko.pk}:arrived:']")

    # Then the page says that three presses wait, and the browser keeps no name
    expect(page.locator("#sheet-network")).to_contain_text("3")
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert HARU.name not in kept
    assert not VisitMark.objects.exists()

    # And when one visit is meanwhile given to another team, and the network is back
    Visit.objects.filter(pk=akiko.pk).update(team=Team.objects.create(name="第2班"))
    with page.expect_response("**/marks/"):
        page.context.set_offline(False)

    # Then what was theirs is on record, once, and the request has moved on
    expect(page.locator(".sheet__waits")).to_have_count(0)
    haru.refresh_from_db()
    assert haru.outcome == "applied"
    assert sorted(VisitMark.objects.values_list("kind", flat=True)) == ["arrived", "outcome"]

    # And the other visit is gone from the page, with a sentence that stays until it is read
    expect(page.locator(f"#visit-{akiko.pk}")).to_have_count(0)
    expect(page.locator("#sheet-refused li")).to_have_count(1)
    page.click("#sheet-seen")
    expect(page.locator("#sheet-refused li")).to_have_count(0)
