"""One table: who may open what. A URL of ours that is not in it fails the suite."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from notifications.links import resident_token
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession
from outreach.desk.actions import class_news
from outreach.people.actions import people, tasks
from outreach.people.models import CareFacility, Person
from outreach.reception.actions import appointments
from outreach.reception.models import OpeningDay, ReceptionPoint
from outreach.visits.actions import requests, visits
from outreach.visits.models import RequestGroup, Team, Visit
from tests.cast import AKIKO, HARU

EVERYBODY = {"anonymous", "editor", "translator", "desk", "visitor", "manager", "admin"}
DESK = {"desk", "admin"}
ON_THE_ROAD = {"desk", "visitor", "admin"}
MANAGERS = {"manager", "admin"}
DESK_AND_MANAGERS = DESK | MANAGERS

# URL name → who may open it. Names in brackets in `arguments` below say with what.
TABLE: dict[str, set[str]] = {
    # For residents.
    "front_door": EVERYBODY,
    "healthz": EVERYBODY,
    "classes:register": EVERYBODY,
    "classes:registered": EVERYBODY,
    "request_visit": EVERYBODY,
    "visit_requested": EVERYBODY,
    "request_visit_group": EVERYBODY,
    "visit_group_requested": EVERYBODY,
    "reminders": EVERYBODY,
    "reminders_asked": EVERYBODY,
    "my": EVERYBODY,
    "my_wishes": EVERYBODY,
    "my_withdraw": EVERYBODY,
    "my_cancel_registration": EVERYBODY,
    "my_accept": EVERYBODY,
    "my_decline": EVERYBODY,
    "my_needs": EVERYBODY,
    "my_registration_entry": EVERYBODY,
    "my_short": EVERYBODY,
    "classes:event": EVERYBODY,
    "classes_feed": EVERYBODY,
    "course_feed": EVERYBODY,
    "visits_feed": EVERYBODY,
    "counters:list": EVERYBODY,
    "counters:list_of": EVERYBODY,
    "counters:book": EVERYBODY,
    "counters:book_of": EVERYBODY,
    "counters:booked": EVERYBODY,
    "counters:event": EVERYBODY,
    "my_cancel_appointment": EVERYBODY,
    "my_change_appointment": EVERYBODY,
    "my_appointment_entry": EVERYBODY,
    "my_cancel_request": EVERYBODY,
    "my_confirm_visit": EVERYBODY,
    "my_another_day": EVERYBODY,
    "my_cancel_reminder": EVERYBODY,
    "stop": EVERYBODY,
    "lost": EVERYBODY,
    "open_data": EVERYBODY,
    "open_data_set": EVERYBODY,
    "lost_sent": EVERYBODY,
    "twilio_status": EVERYBODY,  # whoever signs: see tests/notifications/test_signature.py
    "twilio_inbound": EVERYBODY,
    "twilio_voice": EVERYBODY,
    "twilio_voice_heard": EVERYBODY,
    "twilio_voice_key": EVERYBODY,
    "maps:districts": EVERYBODY,
    "maps:districts_version": EVERYBODY,
    "maps:districts_paths": EVERYBODY,
    # For staff.
    "maps_staff:coverage": MANAGERS,
    "maps_staff:numbers": MANAGERS,
    "maps_staff:picture": MANAGERS,
    "maps_staff:table": MANAGERS,
    "desk_staff:tasks": DESK,
    "desk_staff:task": DESK,
    "desk_staff:take": DESK,
    "desk_staff:finish": DESK,
    "desk_staff:undo": DESK,
    "desk_staff:people": DESK,
    "desk_staff:new_person": DESK,
    "desk_staff:resembling": DESK,
    "desk_staff:affected": DESK,
    "desk_staff:undo_merge": DESK,
    "desk_staff:person_who": DESK,
    "desk_staff:person_home": DESK,
    "desk_staff:person_needs": DESK,
    "desk_staff:person_care": DESK,
    "desk_staff:person_left": DESK,
    "desk_staff:person_back": DESK,
    "desk_staff:person_call_back": DESK,
    "desk_staff:person_looks": DESK,
    "desk_staff:person_others": DESK,
    "desk_staff:person_household": DESK,
    "desk_staff:live_together": DESK,
    "desk_staff:new_carer": DESK,
    "desk_staff:known_carer": DESK,
    "desk_staff:release_carer": DESK,
    "desk_staff:same_person": DESK,
    "desk_staff:keep_apart": DESK,
    "desk_staff:facilities": DESK,
    "desk_staff:new_facility": DESK,
    "desk_staff:facility": DESK,
    "desk_staff:facility_contact": DESK,
    "desk_staff:remove_facility_contact": DESK,
    "desk_staff:hand_over_task": DESK,
    "desk_staff:note_task": DESK,
    "desk_staff:person": ON_THE_ROAD,
    "desk_staff:phone_desk": DESK,
    "desk_staff:booked": DESK,
    "desk_staff:outbox": DESK,
    "desk_staff:sending": DESK_AND_MANAGERS,
    "desk_staff:stop_sending": DESK_AND_MANAGERS,
    "desk_staff:lift_stop": MANAGERS,
    "desk_staff:hand_overs": DESK,
    "desk_staff:make_hand_over": DESK,
    "desk_staff:delivery_report": DESK,
    "desk_staff:hand_over": DESK,
    "desk_staff:hand_over_file": DESK,
    "desk_staff:finish_hand_over": DESK,
    "desk_staff:discard_hand_over": DESK,
    "desk_staff:in_doubt": DESK,
    "desk_staff:message": DESK,
    "desk_staff:decide": DESK,
    "desk_staff:not_reached": DESK,
    "desk_staff:wishes": DESK,
    "desk_staff:wishes_point": DESK,
    "desk_staff:wishes_consent": DESK,
    "desk_staff:announcements": DESK,
    "desk_staff:announce": DESK,
    "desk_staff:new_announcement": DESK,
    "desk_staff:announcement": DESK,
    "desk_staff:announcement_words": DESK,
    "desk_staff:announcement_audience": DESK,
    "desk_staff:announcement_check": DESK,
    "desk_staff:announcement_people": DESK,
    "desk_staff:announcement_test": DESK,
    "desk_staff:approve_announcement": DESK,
    "desk_staff:withdraw_announcement": DESK,
    "desk_staff:stop_announcement": DESK,
    "classes_staff:sessions": DESK,
    "classes_staff:new": DESK,
    "classes_staff:plan": DESK,
    "classes_staff:roster": DESK,
    "classes_staff:move": DESK,
    "classes_staff:adjust": DESK,
    "classes_staff:call_off": DESK,
    "classes_staff:offer_elsewhere": DESK,
    "classes_staff:cancel": DESK,
    "classes_staff:roster_file": DESK,
    "classes_staff:rides_overview": DESK,
    "classes_staff:rides": DESK,
    "classes_staff:attendance": DESK,
    "classes_staff:mark": DESK,
    "classes_staff:marks": DESK,
    "classes_staff:walk_in": DESK,
    "classes_staff:outcome": DESK,
    "classes_staff:question": DESK,
    "classes_staff:feedback": DESK,
    "classes_staff:figures": DESK_AND_MANAGERS,
    "classes_staff:figures_file": DESK_AND_MANAGERS,
    "classes_staff:answer_offer": DESK,
    "classes_staff:give_place": DESK,
    "desk_staff:appointment_booked": DESK,
    "reception_staff:days": DESK,
    "reception_staff:plan": DESK,
    "reception_staff:day": DESK,
    "reception_staff:call_off": DESK,
    "reception_staff:call_next": DESK,
    "reception_staff:draw": DESK,
    "reception_staff:ticket": DESK,
    "reception_staff:waiting_room": DESK,
    "reception_staff:step": DESK,
    "reception_staff:where_next": DESK_AND_MANAGERS,
    "visits_staff:requests": DESK,
    "visits_staff:new": DESK,
    "visits_staff:request": DESK,
    "visits_staff:cancel": DESK,
    "visits_staff:hold": DESK,
    "visits_staff:group": DESK,
    "visits_staff:hold_group": DESK,
    "visits_staff:link_group": DESK,
    "visits_staff:step": DESK,
    "visits_staff:undo": DESK,
    "visits_staff:correct": DESK,
    "visits_staff:under_way": DESK,
    "visits_staff:figures": DESK_AND_MANAGERS,
    "visits_staff:figures_file": DESK_AND_MANAGERS,
    "visits_staff:plan_next": DESK,
    "visits_staff:plan": DESK,
    "visits_staff:pin": DESK,
    "visits_staff:answer_day": DESK,
    "visits_staff:today": ON_THE_ROAD,
    "visits_staff:day": ON_THE_ROAD,
    "visits_staff:outcome": ON_THE_ROAD,
    **{
        f"visits_staff:{name}": ON_THE_ROAD
        for name in ("sheet", "mark", "marks", "late", "custody", "nobody_home")
    },
}
OURS = ("config.", "cms.", "maps.", "outreach.", "mynumber.", "notifications.")


def own_urls(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from own_urls(pattern, inner)
        elif isinstance(pattern, URLPattern) and getattr(
            pattern.callback, "__module__", ""
        ).startswith(OURS):
            yield ":".join(part for part in (namespace, pattern.name) if part)


@pytest.fixture
def haru(make_person: Callable[..., Person]) -> Person:
    return make_person(HARU)


@pytest.fixture
def arguments(
    haru: Person,
    make_session: Callable[..., ClassSession],
    staff: Callable[[str], User],
    now,
) -> dict[str, list[object]]:
    """What each URL with parameters is opened with: things that are really there."""
    session = make_session()
    registration = registrations.register(
        session=session, person=haru, submission=uuid4(), how="phone", now=now, by=staff("desk")
    )
    request = requests.ask(
        person=haru,
        relation="self",
        asked_by=None,
        topic="first_card",
        submission=uuid4(),
        how="phone",
        now=now,
    )
    team = Team.objects.create(name="訪問1班")
    team.members.add(staff("visitor"))
    visit = visits.schedule(
        request=request,
        team=team,
        on=now.date() + timedelta(days=5),
        time_slot=Visit.TimeSlot.MORNING,
        by=staff("desk"),
        now=now,
    )
    group = RequestGroup.objects.create(
        reference="G-7K3M9R",
        submission=uuid4(),
        asked_by=haru.contact,
        facility_name="施設",
        asked_at=now,
    )
    point = ReceptionPoint.objects.create(
        kind="counter", venue=session.venue, name_ja="本庁舎", apply_minutes=25
    )
    open_day = OpeningDay.objects.create(
        point=point,
        venue=session.venue,
        on=now.date() + timedelta(days=5),
        opens=time(9),
        closes=time(12),
        booths=1,
        planned_at=now,
    )
    appointment = appointments.book(
        day=open_day,
        service="apply",
        starts_at=open_day.opens_at,
        person=haru,
        submission=uuid4(),
        how="phone",
        now=now,
        by=staff("desk"),
    )
    announcement = class_news.prepare(session=session, by=staff("desk"), now=now)
    token = resident_token(haru.contact)
    other = people.write_down(name=AKIKO.name, language="ja")
    facility = CareFacility.objects.create(name="こもれび")
    task = tasks.open_task(kind="wish", cause="pressed 3", now=now, person=haru)
    message = haru.contact.messages.latest("pk")
    return {
        "classes:register": [session.pk],
        "classes:registered": ["unknown"],
        "visit_requested": ["unknown"],
        "visit_group_requested": ["unknown"],
        "reminders_asked": ["unknown"],
        "my": [token],
        "my_wishes": [token],
        "my_withdraw": [token, "class-news"],
        "my_cancel_registration": [token, registration.pk],
        "my_accept": [token, registration.pk],
        "my_decline": [token, registration.pk],
        "my_needs": [token, registration.pk],
        "my_registration_entry": [token, registration.pk],
        "my_short": ["unknown"],
        "classes:event": ["unknown"],
        "course_feed": [session.course.slug],
        "counters:list_of": [token],
        "counters:book": [point.pk],
        "counters:book_of": [token, point.pk],
        "counters:booked": ["unknown"],
        "counters:event": ["unknown"],
        **{
            name: [token, appointment.pk]
            for name in ("my_cancel_appointment", "my_change_appointment", "my_appointment_entry")
        },
        "desk_staff:appointment_booked": [appointment.pk],
        **{
            f"reception_staff:{name}": [appointment.day_id]
            for name in ("day", "call_off", "call_next", "draw", "waiting_room")
        },
        "reception_staff:ticket": [appointment.day_id, 1],
        "reception_staff:step": [appointment.day_id, "appointment", appointment.pk, "call"],
        "my_cancel_request": [token, request.pk],
        "my_confirm_visit": [token, visit.pk],
        "my_another_day": [token, visit.pk],
        "my_cancel_reminder": [token, 1],
        "stop": ["unknown"],
        "maps:districts_version": ["0"],
        "maps:districts_paths": ["0"],
        "desk_staff:announce": [session.pk],
        "desk_staff:booked": [registration.pk],
        "desk_staff:hand_over": [1],
        "desk_staff:hand_over_file": [1],
        "desk_staff:finish_hand_over": [1],
        "desk_staff:discard_hand_over": [1],
        "desk_staff:task": [task.pk],
        "desk_staff:take": [task.pk],
        "desk_staff:finish": [task.pk],
        "desk_staff:undo": [task.pk],
        **{
            f"desk_staff:{name}": [haru.pk]
            for name in (
                *("person", "person_who", "person_home", "person_needs", "person_care"),
                *("person_left", "person_back", "person_call_back", "person_looks"),
                *("person_others", "person_household", "new_carer"),
            )
        },
        **{
            f"desk_staff:{name}": [haru.pk, other.pk]
            for name in ("live_together", "known_carer", "same_person", "keep_apart")
        },
        "desk_staff:release_carer": [haru.pk, 1],
        "desk_staff:undo_merge": [1],
        "desk_staff:facility": [facility.pk],
        "desk_staff:facility_contact": [facility.pk],
        "desk_staff:remove_facility_contact": [facility.pk, 1],
        "desk_staff:hand_over_task": [task.pk],
        "desk_staff:note_task": [task.pk],
        "desk_staff:message": [message.pk],
        "desk_staff:decide": [message.pk],
        "desk_staff:wishes": [haru.pk],
        "desk_staff:wishes_point": [haru.pk, haru.contact.points.get().pk],
        "desk_staff:wishes_consent": [haru.pk, "class-news"],
        **{
            f"desk_staff:{name}": [announcement.pk]
            for name in (
                "announcement",
                "announcement_words",
                "announcement_audience",
                "announcement_check",
                "announcement_people",
                "announcement_test",
                "approve_announcement",
                "withdraw_announcement",
                "stop_announcement",
            )
        },
        "classes_staff:roster": [session.pk],
        "classes_staff:move": [session.pk],
        "classes_staff:adjust": [session.pk],
        "classes_staff:call_off": [session.pk],
        "classes_staff:offer_elsewhere": [session.pk],
        "classes_staff:cancel": [session.pk, registration.pk],
        **{
            f"classes_staff:{name}": [session.pk]
            for name in (
                *("roster_file", "rides", "attendance", "mark", "marks", "walk_in"),
                *("outcome", "question", "feedback"),
            )
        },
        "open_data_set": ["events"],
        "classes_staff:answer_offer": [session.pk, registration.pk],
        "classes_staff:give_place": [session.pk, registration.pk],
        "visits_staff:request": [request.pk],
        "visits_staff:cancel": [request.pk],
        "visits_staff:hold": [request.pk],
        "visits_staff:group": [group.pk],
        "visits_staff:hold_group": [group.pk],
        "visits_staff:link_group": [group.pk],
        "visits_staff:step": [request.pk],
        "visits_staff:undo": [request.pk],
        "visits_staff:correct": [visit.pk],
        "visits_staff:day": [visit.visit_on.isoformat()],
        "visits_staff:plan": [visit.visit_on.isoformat()],
        "visits_staff:pin": [visit.pk],
        "visits_staff:outcome": [visit.pk],
        "visits_staff:answer_day": [visit.pk],
        "visits_staff:nobody_home": [visit.pk],
        "visits_staff:custody": [visit.visit_on.isoformat(), team.pk],
        **{
            f"visits_staff:{name}": [visit.visit_on.isoformat()]
            for name in ("sheet", "mark", "marks", "late")
        },
        "visits_feed": ["unknown"],
    }


def test_every_url_of_ours_is_in_the_table() -> None:
    assert set(own_urls(get_resolver())) == set(TABLE)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_each_role_opens_what_the_table_says(
    role: str,
    arguments: dict[str, list[object]],
    log_in: Callable[[str], Client],
) -> None:
    client = Client() if role == "anonymous" else log_in(role)
    opened = {
        name
        for name in TABLE
        if not turned_away(client, reverse(name, args=arguments.get(name, [])))
    }

    assert opened == {name for name, roles in TABLE.items() if role in roles}


def turned_away(client: Client, path: str) -> bool:
    """Whether the answer is the log-in page, or the admin's front page with a refusal."""
    answer = client.get(path)
    if answer.status_code == 403:
        return True
    to = answer.headers.get("Location", "") if answer.status_code == 302 else ""
    return to.startswith("/staff/login/") or to == "/staff/"


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 404), ("desk", 200)],
    ids=["a visitor of another team", "the desk"],
)
def test_a_visit_of_another_team_is_not_there_for_a_visitor(
    role: str, status: int, arguments: dict[str, list[object]], log_in: Callable[[str], Client]
) -> None:
    Team.objects.get().members.clear()

    path = reverse("visits_staff:outcome", args=arguments["visits_staff:outcome"])

    assert log_in(role).get(path).status_code == status


@pytest.mark.parametrize("role", sorted(EVERYBODY - {"anonymous"}))
def test_every_role_can_log_in(role: str, log_in: Callable[[str], Client]) -> None:
    assert log_in(role).get("/staff/").status_code == 200
