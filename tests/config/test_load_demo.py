"""The demo town fills an empty database, the same way every time, and touches no other."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.demo_staff import DEMO_PASSWORD, DEMO_STAFF
from mynumber.rules.wareki import fiscal_year
from notifications.models import Contact, ContactPoint, Message
from outreach.classes.models import ClassSession, Registration
from outreach.coverage.coverage import coverage
from outreach.desk.doubts import in_doubt
from outreach.desk.not_reached import not_reached
from outreach.desk.task_list import done_today
from outreach.people.models import Person, Residence, Task
from outreach.visits.models import RequestGroup, VisitRequest
from tests.cast import HARU

# Delivery commits its claims for good, which a test's own transaction would forbid.
pytestmark = pytest.mark.django_db(transaction=True)


def load(**options: object) -> str:
    said = io.StringIO()
    call_command("load_demo", stdout=said, **options)
    return said.getvalue()


def test_the_town_has_everything_and_its_counts_are_the_plans() -> None:
    said = load()

    assert f"{Person.objects.count()} people" in said
    whole = coverage().whole
    assert (whole.residents, whole.cards, str(whole.rate)) == (27_076, 21_742, "80.3")
    assert len(coverage().parents) == 5
    assert ClassSession.objects.filter(seats_taken=10).exists()
    assert set(VisitRequest.objects.values_list("state", flat=True)) >= {"open", "planned", "done"}
    states = set(Message.objects.values_list("state", flat=True))
    assert states >= {"queued", "sent", "delivered", "held", "unknown"}
    the_desk_has_something_of_everything_to_do()
    every_role_can_log_in()
    seats_and_registrations_agree()
    no_telephone_can_be_reached()
    figures_of_visits_name_nobody()


def the_desk_has_something_of_everything_to_do() -> None:
    waiting = Task.objects.open()
    assert set(waiting.values_list("kind", flat=True)) == set(Task.Kind.values)
    assert waiting.count() < 20
    assert waiting.filter(taken_by__isnull=False).exists()
    assert done_today(now=timezone.now())
    assert in_doubt().count() == 2
    assert not_reached().count == 4
    shared = ContactPoint.objects.filter(state="stopped").annotate(people=Count("contacts"))
    assert [point.people for point in shared] == [2]


def every_role_can_log_in() -> None:
    for role, name in DEMO_STAFF.items():
        user = User.objects.get(username=name)
        assert user.check_password(DEMO_PASSWORD)
        assert [group.name for group in user.groups.all()] == [role]


def seats_and_registrations_agree() -> None:
    for session in ClassSession.objects.all():
        assert session.seats_taken == session.registrations.filter(state="registered").count()


def no_telephone_can_be_reached() -> None:
    """Mobiles 090-0…, landlines 0186-0…: no subscriber's number begins so."""
    numbers = ContactPoint.objects.filter(kind="phone").values_list("value", flat=True)
    assert all(number.startswith(("+81900", "+811860")) for number in numbers)


def figures_of_visits_name_nobody() -> None:
    """Neither the page nor the file of figures holds anything a person could be known by."""
    year = fiscal_year(timezone.localdate())
    shown = ""
    for role in ("manager", "desk"):
        client = Client()
        client.force_login(User.objects.get(username=DEMO_STAFF[role]))
        for address in ("figures", "figures_file"):
            answer = client.get(reverse(f"visits_staff:{address}"), {"year": year})
            shown += answer.content.decode()
    known = {
        *Person.objects.values_list("name", flat=True),
        *Person.objects.values_list("kana", flat=True),
        *Contact.objects.values_list("name", flat=True),
        *ContactPoint.objects.values_list("value", flat=True),
        *Residence.objects.values_list("address", flat=True),
        *VisitRequest.objects.values_list("reference", flat=True),
        *RequestGroup.objects.values_list("reference", flat=True),
        *RequestGroup.objects.values_list("facility_name", flat=True),
    } - {""}
    assert len(known) > VisitRequest.objects.count() > 0
    assert [one for one in known if one in shown] == []


@pytest.mark.parametrize("keep", [False, True], ids=["refused", "kept"])
def test_a_database_that_holds_people_stays_as_it_is(make_person, keep: bool) -> None:
    make_person(HARU)

    if keep:
        assert "nothing was loaded" in load(keep=True)
    else:
        with pytest.raises(CommandError, match="empty one only"):
            load()

    assert Person.objects.count() == 1
    assert not Registration.objects.exists()
    assert not User.objects.filter(username=DEMO_STAFF["desk"]).exists()


def test_a_scale_below_one_is_refused() -> None:
    with pytest.raises(CommandError, match="from 1"):
        load(scale=0)
