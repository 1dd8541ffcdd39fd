"""On the road: what is pressed is kept once, for the visitor's own visits alone, and moves on."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Contact, Message
from outreach.people.models import AccessRecord, Person
from outreach.places.models import District
from outreach.visits.actions import custody, lateness, marks, visits
from outreach.visits.actions.custody import CountRefused
from outreach.visits.actions.marks import Mark
from outreach.visits.calendar_feed import feed_token
from outreach.visits.models import CustodyCount, Team, Visit, VisitMark, VisitRequest
from outreach.visits.sent_marks import MarksNotUnderstood, read_marks
from tests.cast import HARU

Asking = Callable[..., VisitRequest]
LogIn = Callable[[str], Client]


@pytest.fixture
def partner(db: None) -> User:
    return User.objects.create_user("partner", last_name="成田", first_name="進")


@pytest.fixture
def today_visit(ask: Asking, team: Team, partner: User, officer: User, district: District) -> Visit:
    team.members.add(partner)
    request = ask(now=timezone.now() - timedelta(days=3))
    Person.objects.filter(pk=request.person_id).update(district=district)
    return visits.schedule(
        request=request,
        team=team,
        on=timezone.localdate(),
        time_slot="am",
        by=officer,
        now=timezone.now() - timedelta(days=2),
    )


def pressed(visit: Visit, kind: str, value: str = "", *, second: User | None = None) -> Mark:
    return Mark(visit.pk, kind, value, uuid4(), timezone.now(), second.pk if second else None)


def screen(name: str, visit: Visit) -> str:
    """The address of a screen of that day, or of that visit."""
    by_visit = name in ("outcome", "nobody_home")
    return reverse(
        f"visits_staff:{name}", args=[visit.pk if by_visit else visit.visit_on.isoformat()]
    )


def test_two_people_arrive_and_leave_and_what_came_of_it_moves_the_request(
    today_visit: Visit, visitor: User, partner: User
) -> None:
    noted = marks.note(
        marks=[
            pressed(today_visit, "arrived", second=partner),
            pressed(today_visit, "consent", "apply"),
            pressed(today_visit, "left", second=partner),
            pressed(today_visit, "outcome", "applied"),
        ],
        by=visitor,
        now=timezone.now(),
    )
    assert (len(noted.kept), noted.refused) == (4, ())
    today_visit.refresh_from_db()
    assert (today_visit.outcome, today_visit.request.state) == ("applied", "applied")
    assert VisitMark.objects.get(kind="left").second == partner


def test_a_mark_that_arrives_twice_is_one(today_visit: Visit, visitor: User, partner: User) -> None:
    once = [
        pressed(today_visit, "arrived", second=partner),
        pressed(today_visit, "outcome", "absent"),
    ]
    for _ in range(2):
        assert len(marks.note(marks=once, by=visitor, now=timezone.now()).kept) == 2
    assert VisitMark.objects.count() == 2


def test_a_visit_that_is_no_longer_theirs_is_refused_with_a_sentence(
    today_visit: Visit, other_team: Team, visitor: User
) -> None:
    Visit.objects.filter(pk=today_visit.pk).update(team=other_team)
    lost = pressed(today_visit, "outcome", "applied")
    (refusal,) = marks.note(marks=[lost], by=visitor, now=timezone.now()).refused
    assert refusal.key == lost.key
    assert refusal.why
    today_visit.refresh_from_db()
    assert today_visit.outcome == ""


def test_a_refused_mark_keeps_no_other_away(
    today_visit: Visit, visitor: User, partner: User
) -> None:
    alone = pressed(today_visit, "arrived")
    noted = marks.note(
        marks=[alone, pressed(today_visit, "outcome", "absent")], by=visitor, now=timezone.now()
    )
    assert [refusal.key for refusal in noted.refused] == [alone.key]
    today_visit.refresh_from_db()
    assert today_visit.outcome == "absent"


def test_a_second_outcome_is_refused(today_visit: Visit, visitor: User) -> None:
    both = [pressed(today_visit, "outcome", "absent"), pressed(today_visit, "outcome", "applied")]
    noted = marks.note(marks=both, by=visitor, now=timezone.now())
    assert [refusal.key for refusal in noted.refused] == [both[1].key]


@pytest.mark.parametrize(
    "change",
    [{"kind": "born"}, {"value": "xyz"}, {"visit": "1"}, {"pressed_at": "noon"}, {"key": "1"}],
)
def test_what_the_page_does_not_send_is_not_read(change: dict[str, Any]) -> None:
    mark = {
        "visit": 1,
        "kind": "outcome",
        "value": "absent",
        "key": str(uuid4()),
        "pressed_at": "2026-10-08T10:00:00Z",
        "second": None,
    }
    assert read_marks(json.dumps({"marks": [mark]}).encode())[0].visit == 1
    with pytest.raises(MarksNotUnderstood):
        read_marks(json.dumps({"marks": [mark | change]}).encode())


def test_the_page_sends_and_hears_which_visits_are_still_its_own(
    today_visit: Visit, other_team: Team, log_in: LogIn
) -> None:
    client = log_in("visitor")
    address = screen("marks", today_visit)
    answer = client.post(address, '{"marks": []}', content_type="application/json").json()
    assert answer["yours"] == [today_visit.pk]
    Visit.objects.filter(pk=today_visit.pk).update(team=other_team)
    answer = client.post(address, '{"marks": []}', content_type="application/json").json()
    assert answer["yours"] == []


def test_the_sheet_shows_what_is_needed_at_the_door_and_leaves_a_record(
    today_visit: Visit, log_in: LogIn
) -> None:
    page = log_in("visitor").get(screen("sheet", today_visit))
    html = page.content.decode()
    assert HARU.name in html
    assert 'href="tel:' in html
    assert page.context["stops"][0].documents
    assert AccessRecord.objects.filter(screen="visits:sheet").count() == 1


def test_without_script_a_press_is_a_plain_form(
    today_visit: Visit, partner: User, log_in: LogIn
) -> None:
    client = log_in("visitor")
    for wrong in ("", "x:outcome:absent", f"{today_visit.pk}:outcome:nonsense"):
        assert client.post(screen("mark", today_visit), {"mark": wrong}).status_code in (302, 404)
    assert not VisitMark.objects.exists()
    client.post(
        screen("mark", today_visit),
        {"mark": f"{today_visit.pk}:arrived:", "second": partner.pk},
    )
    assert VisitMark.objects.get().second == partner


@pytest.mark.parametrize("how", ["reassigned", "moved"])
def test_a_visit_taken_away_cannot_be_read_any_more(
    how: str,
    today_visit: Visit,
    other_team: Team,
    officer: User,
    visitor: User,
    log_in: LogIn,
    client: Client,
) -> None:
    road = log_in("visitor")
    calendar = reverse("visits_feed", args=[feed_token(visitor)])
    person = reverse("desk_staff:person", args=[today_visit.request.person_id])
    pages = {name: screen(name, today_visit) for name in ("sheet", "day")}
    single = {name: screen(name, today_visit) for name in ("outcome", "nobody_home")}
    for page in pages.values():
        assert HARU.name in road.get(page).content.decode()
    assert {road.get(page).status_code for page in (*single.values(), person)} == {200}
    assert b"BEGIN:VEVENT" in client.get(calendar).content

    if how == "reassigned":
        Visit.objects.filter(pk=today_visit.pk).update(team=other_team)
    else:
        visits.move(
            visit=today_visit,
            team=other_team,
            on=today_visit.visit_on,
            time_slot="pm",
            by=officer,
            now=timezone.now(),
        )

    for page in pages.values():
        answer = road.get(page)
        assert HARU.name not in answer.content.decode()
        assert not answer.context["map"]
    assert {road.get(page).status_code for page in single.values()} == {404}
    assert road.get(person).status_code in (302, 403, 404)
    assert road.get(reverse("desk_staff:people"), {"q": HARU.name}).status_code == 302
    assert b"BEGIN:VEVENT" not in client.get(calendar).content


def test_the_calendar_says_when_and_where_about_and_nobody(
    today_visit: Visit, visitor: User, client: Client, district: District
) -> None:
    text = client.get(reverse("visits_feed", args=[feed_token(visitor)])).content.decode()
    assert district.name in text
    for secret in (HARU.name, HARU.kana, HARU.phone, today_visit.request.reference):
        assert secret not in text
    Contact.objects.filter(pk=today_visit.request.person.contact_id).update(protected=True)
    text = client.get(reverse("visits_feed", args=[feed_token(visitor)])).content.decode()
    assert district.name not in text


def test_the_calendar_ends_with_the_password_and_the_role(
    today_visit: Visit, visitor: User, client: Client
) -> None:
    address = reverse("visits_feed", args=[feed_token(visitor)])
    visitor.groups.clear()
    assert client.get(address).status_code == 404
    visitor.set_password("another-password-2026")
    visitor.save()
    assert feed_token(visitor) not in address


def test_the_card_for_the_letter_box_names_nobody(today_visit: Visit, log_in: LogIn) -> None:
    Contact.objects.filter(pk=today_visit.request.person.contact_id).update(language="en")
    html = log_in("visitor").get(screen("nobody_home", today_visit)).content.decode()
    assert 'lang="en"' in html
    assert today_visit.request.reference in html
    assert HARU.name not in html


def test_running_late_is_told_once_and_only_to_those_still_ahead(
    today_visit: Visit,
    ask_for_another: Asking,
    team: Team,
    officer: User,
    visitor: User,
    partner: User,
) -> None:
    now = timezone.now()
    slow = visits.schedule(
        request=ask_for_another(), team=team, on=today_visit.visit_on, time_slot="am",
        by=officer, now=now - timedelta(days=2),
    )  # fmt: skip
    begins = today_visit.told_from
    assert begins is not None
    for visit in (today_visit, slow):
        visit.told_until = begins + timedelta(minutes=30)
        visit.save()
    marks.note(
        marks=[pressed(today_visit, "arrived", second=partner)], by=visitor, now=timezone.now()
    )
    assert lateness.say_late(team=team, on=slow.visit_on, minutes=15, now=now) == 0
    assert lateness.say_late(team=team, on=slow.visit_on, minutes=45, now=now) == 1
    told = Message.objects.get(reference__startswith="visit-late:")
    assert told.contact == slow.request.person.contact
    slow.refresh_from_db()
    assert slow.told_until is not None
    assert slow.told_until > begins + timedelta(minutes=45)


def test_what_is_counted_out_comes_back_or_was_handed_over(
    team: Team, visitor: User, partner: User, now: datetime
) -> None:
    team.members.add(partner)
    day = date(2026, 10, 8)

    def count(when: str, cards: int, second: User = partner) -> CustodyCount:
        return custody.count(
            team=team, day=day, when=when, sheets=3, cards=cards, second=second, by=visitor, now=now
        )

    for wrong in (("back", 1, partner), ("out", 2, visitor)):
        with pytest.raises(CountRefused):
            count(*wrong)
    count("out", 2)
    for wrong in (("back", 3, partner), ("out", 2, partner)):
        with pytest.raises(CountRefused):
            count(*wrong)
    assert count("back", 0).second == partner


def test_the_custody_page_counts_for_the_own_team_alone(
    team: Team, other_team: Team, partner: User, log_in: LogIn
) -> None:
    team.members.add(partner)
    client = log_in("visitor")
    own = reverse("visits_staff:custody", args=["2026-10-08", team.pk])
    client.post(own, {"when": "out", "sheets": "3", "cards": "2", "second": partner.pk})
    assert CustodyCount.objects.get().cards == 2
    assert "成田" in client.get(own).content.decode()
    other = reverse("visits_staff:custody", args=["2026-10-08", other_team.pk])
    assert client.get(other).status_code == 404


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"second": None}, "visit_mark_kind_complete"),
        ({"kind": "consent", "value": "xyz"}, "visit_mark_kind_complete"),
        ({"second": "visitor"}, "visit_mark_by_two_people"),
        ({"marked_at": "later"}, "visit_mark_not_from_the_future"),
    ],
)
def test_the_database_refuses_a_mark_that_is_incomplete(
    change: dict[str, Any], constraint: str, today_visit: Visit, visitor: User, partner: User
) -> None:
    now = timezone.now()
    values = {
        "visit": today_visit,
        "client_key": UUID(int=1),
        "kind": "arrived",
        "value": "",
        "marked_at": now,
        "received_at": now,
        "marked_by": visitor,
        "second": partner,
    } | change
    values["second"] = visitor if values["second"] == "visitor" else values["second"]
    if values["marked_at"] == "later":
        values["marked_at"] = now + timedelta(minutes=1)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        VisitMark.objects.create(**values)


def test_the_database_refuses_a_count_by_one_person_alone(
    team: Team, visitor: User, now: datetime
) -> None:
    with pytest.raises(IntegrityError, match="custody_counted_by_two_people"):
        CustodyCount.objects.create(
            team=team, day=now.date(), when="out", sheets=1, cards=1,
            counted_at=now, counted_by=visitor, second=visitor,
        )  # fmt: skip
