"""Two records of one person become one, and two again when that was wrong."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from mynumber.actions import reminders
from notifications.actions import consents
from notifications.models import Consent
from notifications.rules.phones import parse_phone
from outreach.classes.actions import registrations
from outreach.people.actions import carers, merges, people, records, tasks
from outreach.people.actions.merges import CannotMerge, CannotPartAgain
from outreach.people.actions.records import Home
from outreach.people.models import Person
from outreach.visits.actions import requests
from tests.cast import AKIKO, HARU

pytestmark = pytest.mark.django_db


@pytest.fixture
def haru(make_person):
    return make_person(HARU)


@pytest.fixture
def again(haru):
    """The same woman, written down by a form on the web with her daughter's mobile."""
    return people.write_down(
        name="雪沢 ハル", kana="ユキサワハル", phone=parse_phone(AKIKO.phone), language="ja"
    )


@pytest.fixture
def by(staff):
    return staff("desk")


def register(person, session, now):
    return registrations.register(
        session=session, person=person, submission=uuid4(), how="phone", now=now
    )


def ask_for_visit(person, asked_by, now):
    return requests.ask(
        person=person,
        relation="family",
        asked_by=asked_by,
        topic="first_card",
        submission=uuid4(),
        how="phone",
        now=now,
    )


def test_everything_moves_and_goes_back(haru, again, make_person, make_session, district, by, now):
    akiko = make_person(AKIKO)
    seat = register(again, make_session(), now)
    asked = ask_for_visit(again, akiko.contact, now)
    task = tasks.open_task(kind="wish", cause="pressed 3", now=now, person=again)
    home = records.settle(person=again, home=Home(address="花輪字荒田4番地1"))
    records.note_needs(person=again, kinds=["hearing"])
    Person.objects.filter(pk=again.pk).update(
        district=district, birth_date=date(1944, 5, 1), birth_year=1944
    )
    messages = set(again.contact.messages.values_list("pk", flat=True))

    merge = merges.merge(kept=haru, gone=again, by=by, now=now)

    for row in (seat, asked, task, home):
        row.refresh_from_db()
        assert row.person == haru
    haru.refresh_from_db()
    again.refresh_from_db()
    assert (haru.district, haru.birth_date) == (district, date(1944, 5, 1))
    assert set(haru.contact.messages.values_list("pk", flat=True)) >= messages
    assert [point.value for point in haru.contact.usable_points()] == [
        "+81186000111",
        "+819000000013",
    ]
    assert list(Person.objects.by_kana()) == [akiko, haru]
    assert again.merged_into == haru
    assert again.contact.closed

    merges.part(merge=merge, by=by, now=now + timedelta(hours=1))

    for row in (seat, asked, task, home):
        row.refresh_from_db()
        assert row.person == again
    haru.refresh_from_db()
    again.refresh_from_db()
    assert (haru.district, haru.birth_date, haru.birth_year) == (None, None, 1944)
    assert [point.value for point in haru.contact.usable_points()] == ["+81186000111"]
    assert [point.value for point in again.contact.usable_points()] == ["+819000000013"]
    assert set(again.contact.messages.values_list("pk", flat=True)) == messages
    assert again.merged_into is None
    assert not again.contact.closed


def test_what_came_after_the_merge_stays_where_it_came(haru, again, make_session, by, now):
    merge = merges.merge(kept=haru, gone=again, by=by, now=now)
    haru = Person.objects.get(pk=haru.pk)
    seat = register(haru, make_session(), now)
    records.rename(
        person=haru,
        name=haru.name,
        kana=haru.kana,
        birth_year=1945,
        birth_date=None,
        district=None,
    )

    merges.part(merge=merge, by=by, now=now)

    seat.refresh_from_db()
    haru.refresh_from_db()
    assert (seat.person, haru.birth_year) == (haru, 1945)


def test_two_seats_in_one_class_are_settled_first(haru, again, make_session, by, now):
    session = make_session()
    register(haru, session, now)
    register(again, session, now)

    with pytest.raises(CannotMerge) as refusal:
        merges.merge(kept=haru, gone=again, by=by, now=now)

    assert refusal.value.label == "classes.Registration"
    again.refresh_from_db()
    assert again.merged_into is None
    assert again.contact.points.exists()


def test_what_both_say_alike_is_no_obstacle(haru, again, make_person, by, now):
    akiko = make_person(AKIKO)
    for person in (haru, again):
        records.note_needs(
            person=person, kinds=["hearing", "stairs"] if person == again else ["hearing"]
        )
        records.settle(person=person, home=Home(address=f"花輪字荒田{person.pk}"))
        carers.entrust(
            person=person,
            contact=akiko.contact,
            relation="family",
            authority="may_ask",
            since=now.date(),
        )

    merge = merges.merge(kept=haru, gone=again, by=by, now=now)
    assert {need.kind for need in haru.needs.all()} == {"hearing", "stairs"}
    assert haru.residence.address == f"花輪字荒田{haru.pk}"

    merges.part(merge=merge, by=by, now=now)
    assert {need.kind for need in again.needs.all()} == {"hearing", "stairs"}
    assert again.carers.count() == haru.carers.count() == 1


def test_a_reminder_of_the_same_card_is_settled_first(haru, again, by, now):
    for person in (haru, again):
        reminders.ask(
            contact=person.contact,
            kind="card",
            expires_on=date(2027, 3, 1),
            how="phone",
            wording="…",
            now=now,
        )

    with pytest.raises(CannotMerge) as refusal:
        merges.merge(kept=haru, gone=again, by=by, now=now)

    assert refusal.value.label == "mynumber.Reminder"


def test_the_stricter_wish_stands_and_the_other_comes_back(haru, again, by, now):
    again.contact.do_not_contact = again.contact.protected = True
    again.contact.save()

    merge = merges.merge(kept=haru, gone=again, by=by, now=now)
    haru.contact.refresh_from_db()
    assert (haru.contact.do_not_contact, haru.contact.protected) == (True, True)

    merges.part(merge=merge, by=by, now=now)
    haru.contact.refresh_from_db()
    assert (haru.contact.do_not_contact, haru.contact.protected) == (False, False)


@pytest.mark.parametrize(
    ("withdrawn_after_days", "stands"),
    [
        pytest.param(None, True, id="nothing was said by who stays"),
        pytest.param(-1, True, id="the yes is newer than the no"),
        pytest.param(1, False, id="the no is newer than the yes"),
    ],
)
def test_a_withdrawal_is_not_undone_by_an_older_yes(
    haru, again, by, now, withdrawn_after_days, stands
):
    def agree(person, at):
        consents.give(
            contact=person.contact, purpose="class-news", how="phone", wording="…", now=at
        )

    agree(again, now)
    if withdrawn_after_days is not None:
        at = now + timedelta(days=withdrawn_after_days)
        agree(haru, at - timedelta(minutes=1))
        consents.withdraw(contact=haru.contact, purpose="class-news", now=at)

    merge = merges.merge(kept=haru, gone=again, by=by, now=now + timedelta(days=2))
    assert haru.contact.has_consent("class-news") is stands

    merges.part(merge=merge, by=by, now=now)
    assert Consent.objects.get(withdrawn_at=None).contact == again.contact


def test_a_chain_of_merges_is_undone_from_its_end(haru, again, make_person, make_session, by, now):
    third = people.write_down(name=HARU.name, kana=HARU.kana, language="ja")
    seat = register(third, make_session(), now)
    first = merges.merge(kept=again, gone=third, by=by, now=now)
    second = merges.merge(kept=haru, gone=again, by=by, now=now)

    with pytest.raises(CannotPartAgain):
        merges.part(merge=first, by=by, now=now)
    merges.part(merge=second, by=by, now=now)
    merges.part(merge=first, by=by, now=now)

    seat.refresh_from_db()
    assert seat.person == third
    with pytest.raises(CannotPartAgain):
        merges.part(merge=first, by=by, now=now)


def test_nobody_is_merged_twice_or_with_themselves(haru, again, by, now):
    merges.merge(kept=haru, gone=again, by=by, now=now)

    for kept, gone in ((haru, again), (again, haru), (haru, haru)):
        with pytest.raises(CannotMerge):
            merges.merge(kept=kept, gone=gone, by=by, now=now)
