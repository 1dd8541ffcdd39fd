"""The day of a visit: told with its hours, confirmed or not, reminded of, never moved unasked."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.links import resident_token
from notifications.models import Contact, Message
from outreach.people.models import Task
from outreach.visits.actions import day_answers, reminders, visits
from outreach.visits.actions.day_answers import NotAhead
from outreach.visits.models import Team, Visit, VisitRequest
from outreach.visits.rules.time_slots import arrival
from tests.cast import LINH
from tests.conftest import TOKYO

Asking = Callable[..., VisitRequest]
DAY = date(2026, 10, 8)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TOKYO)


@pytest.fixture
def planned(ask: Asking, akiko: Contact, team: Team, officer: User, now: datetime) -> Visit:
    """Akiko asked for Haru, and both were told a morning in October."""
    request = ask(relation="family", asked_by=akiko)
    return visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)


def told(stem: str) -> list[int]:
    return sorted(
        Message.objects.filter(reference__startswith=stem).values_list("contact_id", flat=True)
    )


@pytest.mark.parametrize(
    ("starts", "hours"),
    [((9, 5), ((9, 0), (10, 0))), ((10, 20), ((10, 0), (11, 0))), ((11, 0), ((10, 45), (11, 45)))],
)
def test_people_are_told_an_hour_around_the_planned_time(starts, hours) -> None:
    assert arrival(at(*starts), "am") == (at(*hours[0]), at(*hours[1]))


def test_a_planned_visit_is_asked_about(planned: Visit) -> None:
    assert planned.confirmation == "asked"
    assert (planned.told_from, planned.told_until) == (at(9), at(12))


def test_confirming_twice_is_once_and_makes_a_plan_out_of_date(
    planned: Visit, team: Team, now: datetime
) -> None:
    version = team.days.get(day=DAY).version
    day_answers.confirm(visit=planned, now=now)
    day_answers.confirm(visit=planned, now=now + timedelta(hours=1))
    planned.refresh_from_db()
    assert (planned.confirmation, planned.confirmed_at) == ("confirmed", now)
    assert team.days.get(day=DAY).version == version + 1


def test_a_confirmed_day_moves_only_when_they_agreed(
    planned: Visit, team: Team, officer: User, now: datetime
) -> None:
    day_answers.confirm(visit=planned, now=now)
    later = {"team": team, "on": DAY + timedelta(days=1), "time_slot": "pm", "by": officer}
    with pytest.raises(visits.DayConfirmed):
        visits.move(visit=planned, **later, now=now)
    assert Visit.objects.ahead().get() == planned
    moved = visits.move(visit=planned, **later, agreed=True, now=now)
    assert moved.confirmation == "confirmed"


def test_another_day_opens_the_request_and_tells_who_has_not_said_it(
    planned: Visit, haru, akiko: Contact, now: datetime
) -> None:
    day_answers.ask_for_another(visit=planned, now=now, words="火曜以外", told=akiko)
    planned.refresh_from_db()
    assert (planned.outcome, planned.request.state) == ("called_off", "open")
    assert planned.request.events.latest("pk").why == "火曜以外"
    assert Task.objects.get().words == "火曜以外"
    assert told("visit-another-day:") == [haru.contact_id]
    waiting = Message.objects.filter(reference__startswith="visit-planned:", state="queued")
    assert not waiting.exists()
    with pytest.raises(NotAhead):
        day_answers.ask_for_another(visit=planned, now=now)
    assert Task.objects.count() == 1


def test_a_card_that_is_here_still_waits_to_be_brought(
    ask: Asking, team: Team, officer: User, now: datetime
) -> None:
    request = ask()
    days = {name: now.date() for name in ("applied_on", "at_jlis_on", "arrived_on")}
    VisitRequest.objects.filter(pk=request.pk).update(state="to_hand_over", **days)
    request.refresh_from_db()
    visit = visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    day_answers.ask_for_another(visit=visit, now=now)
    request.refresh_from_db()
    assert request.state == "to_hand_over"


def test_the_day_before_each_is_reminded_once_of_the_planned_hour(
    planned: Visit, haru, akiko: Contact
) -> None:
    Visit.objects.filter(pk=planned.pk).update(starts_at=at(10, 20), ends_at=at(11, 10))
    eve = at(9, day=DAY - timedelta(days=1))
    assert reminders.queue(now=eve - timedelta(days=1)) == 0
    assert reminders.queue(now=eve) == 1
    assert reminders.queue(now=eve + timedelta(hours=2)) == 0
    assert told("visit-reminder:") == sorted([haru.contact_id, akiko.pk])
    body = Message.objects.get(reference__startswith="visit-reminder:", contact=akiko).body
    assert "10:00-11:00" in body


def test_nobody_is_reminded_of_what_was_told_that_day_or_called_off(
    planned: Visit, team: Team, officer: User
) -> None:
    eve = at(9, day=DAY - timedelta(days=1))
    moved = visits.move(visit=planned, team=team, on=DAY, time_slot="pm", by=officer, now=eve)
    assert moved.told_at == eve
    assert reminders.queue(now=eve + timedelta(hours=1)) == 0


def test_a_confirmation_is_dated_by_the_database(planned: Visit) -> None:
    with pytest.raises(IntegrityError, match="visit_confirmed_is_dated"):
        Visit.objects.filter(pk=planned.pk).update(confirmation="confirmed")


def test_hours_that_were_told_have_a_length_by_the_database(planned: Visit) -> None:
    with pytest.raises(IntegrityError, match="visit_told_hours_have_length"):
        Visit.objects.filter(pk=planned.pk).update(told_until=planned.told_from)


@pytest.fixture
def tomorrow_visit(ask: Asking, akiko: Contact, team: Team, officer: User) -> Visit:
    now = timezone.now()
    return visits.schedule(
        request=ask(relation="family", asked_by=akiko, now=now),
        team=team,
        on=timezone.localdate() + timedelta(days=1),
        time_slot="am",
        by=officer,
        now=now,
    )


def test_the_own_page_confirms(tomorrow_visit: Visit, akiko: Contact, client: Client) -> None:
    token = resident_token(akiko)
    page = client.get(reverse("my", args=[token]))
    confirm = reverse("my_confirm_visit", args=[token, tomorrow_visit.pk])
    assert confirm in page.content.decode()
    assert client.post(confirm)["Location"].endswith("?done=confirmed")
    assert confirm not in client.get(reverse("my", args=[token])).content.decode()
    tomorrow_visit.refresh_from_db()
    assert tomorrow_visit.confirmation == "confirmed"


def test_the_own_page_asks_for_another_day(
    tomorrow_visit: Visit, akiko: Contact, client: Client
) -> None:
    token = resident_token(akiko)
    address = reverse("my_another_day", args=[token, tomorrow_visit.pk])
    assert client.get(address).status_code == 200
    refused = client.post(address, {"words": "123456789018"})
    assert refused.context["form"].errors
    assert client.post(address, {"words": "午前"})["Location"].endswith("?done=another-day")
    assert Task.objects.get().words == "午前"
    assert client.get(address)["Location"] == reverse("my", args=[token])


def test_a_strangers_page_answers_for_no_visit(
    tomorrow_visit: Visit, make_person, client: Client
) -> None:
    token = resident_token(make_person(LINH).contact)
    for name in ("my_confirm_visit", "my_another_day"):
        assert client.post(reverse(name, args=[token, tomorrow_visit.pk])).status_code == 404


def test_the_desk_writes_down_what_was_said_on_the_telephone(
    tomorrow_visit: Visit, akiko: Contact, haru, log_in, officer: User
) -> None:
    desk = log_in("desk")
    address = reverse("visits_staff:answer_day", args=[tomorrow_visit.pk])
    desk.post(address, {"answer": "suits"})
    tomorrow_visit.refresh_from_db()
    assert tomorrow_visit.confirmed_by == officer
    page = desk.get(reverse("visits_staff:request", args=[tomorrow_visit.request_id]))
    assert "agreed" in page.context["form"].fields
    desk.post(address, {"answer": "another", "words": "来週"})
    tomorrow_visit.refresh_from_db()
    assert tomorrow_visit.outcome == "called_off"
    assert not Task.objects.exists()  # the colleague has just spoken to them
    assert told("visit-another-day:") == [haru.contact_id]
