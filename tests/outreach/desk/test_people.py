"""Residents at the desk: found, written down once, seen by whom they concern."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from outreach.people.actions import merges, people, records
from outreach.people.actions.records import Home
from outreach.people.models import AccessRecord, Carer, CareRecord, KnownApart, Person, Task
from outreach.visits.actions import visits
from outreach.visits.models import Team, Visit
from tests.cast import AKIKO, HARU, LINH
from tests.outreach.people.test_identify import identify

pytestmark = pytest.mark.django_db

PERSONAL_NUMBER = "123456789018"


@pytest.fixture
def desk(log_in):
    return log_in("desk")


@pytest.fixture
def haru(make_person):
    person = make_person(HARU)
    records.settle(person=person, home=Home(address="花輪字湯ヶ沢12", access_notes="犬がいる"))
    return Person.objects.get(pk=person.pk)


def at(name, *keys):
    return reverse(f"desk_staff:{name}", args=keys)


def listed(client, said=""):
    return client.get(at("people"), {"said": said}).content.decode()


def protect(person):
    person.contact.protected = True
    person.contact.save()


def newcomer(**changes):
    return {
        "name": HARU.name,
        "kana": "ゆきさわ はる",
        "birth_year": "S19",
        "birth_date": "",
        "address": "",
        "phone": "",
        "language": "ja",
        **changes,
    }


@pytest.mark.parametrize(
    "words",
    ["", "ﾕｷｻﾜ", "雪澤", "0111", "湯ケ沢", "花輪字湯ヶ沢", "花輪字湯ヶ沢12"],
)
def test_somebody_is_found_by_name_reading_number_and_address(desk, haru, words):
    assert HARU.name in listed(desk, words)


def test_the_sign_for_a_place_is_no_place(desk, haru):
    assert HARU.name not in listed(desk, "字")


def test_somebody_is_found_by_a_reference_however_it_is_written(desk, registration):
    plain = registration.reference.replace("-", "").lower()

    for words in (registration.reference, plain):
        assert LINH.name in listed(desk, words)
    assert LINH.name not in listed(desk, "C-333333")


def test_whoever_a_search_shows_leaves_a_record(desk, haru, make_person):
    make_person(LINH)
    listed(desk, "ユキサワ")

    record = AccessRecord.objects.get()
    assert (record.person, record.action, record.screen) == (haru, "search", "people")


def test_a_protected_address_is_neither_shown_nor_found(desk, haru, district):
    haru.district = district
    haru.save()
    protect(haru)

    assert "湯ヶ沢" not in listed(desk, "ユキサワ")
    assert HARU.name not in listed(desk, "湯ヶ沢")
    for name in ("person", "person_home"):
        page = desk.get(at(name, haru.pk)).content.decode()
        assert "湯ヶ沢" not in page
        assert "犬がいる" not in page


def test_the_page_tells_everything_and_leaves_a_record(desk, haru, make_person, staff, now):
    Task.objects.create(kind="wish", cause="3", person=haru, opened_at=now)
    records.note_needs(person=haru, kinds=["stairs"])

    page = desk.get(at("person", haru.pk)).content.decode()

    for expected in (HARU.name, "1944", "花輪字湯ヶ沢12", "犬がいる", HARU.phone, "階段"):
        assert expected in page or expected == "階段"
    assert haru.access_records.filter(by=staff("desk"), screen="person", action="view").exists()


def test_a_visitor_sees_whom_they_visit_next_and_nobody_else(
    log_in, haru, visit_request, staff, make_person, present
):
    team = Team.objects.create(name="訪問1班")
    team.members.add(staff("visitor"))
    visitor = log_in("visitor")
    visited = visit_request.person
    path = at("person", visited.pk)
    assert visitor.get(path).status_code == 404

    visit = visits.schedule(
        request=visit_request,
        team=team,
        on=present.date() + timedelta(days=5),
        time_slot=Visit.TimeSlot.MORNING,
        by=staff("desk"),
        now=present,
    )
    assert visitor.get(path).status_code == 200
    assert visitor.get(at("person", make_person(LINH).pk)).status_code == 404

    other = Team.objects.create(name="訪問2班")
    Visit.objects.filter(pk=visit.pk).update(team=other)
    assert visitor.get(path).status_code == 404


def test_somebody_on_record_is_shown_before_they_are_written_down_again(desk, haru):
    page = desk.post(at("new_person"), newcomer()).content.decode()

    assert at("person", haru.pk) in page
    assert Person.objects.count() == 1

    desk.post(at("new_person"), newcomer(apart=haru.pk))
    new = Person.objects.exclude(pk=haru.pk).get()
    assert (new.kana, new.birth_year) == ("ユキサワ ハル", 1944)
    assert KnownApart.objects.get().one == haru
    assert at("same_person", new.pk, haru.pk) not in desk.get(at("person", new.pk)).content.decode()


def test_while_typing_the_same_people_are_shown_without_anything_being_written(desk, haru):
    page = desk.post(at("resembling"), newcomer(name="", birth_year="1944年?")).content.decode()

    assert HARU.name in page
    assert haru.access_records.filter(action="search").exists()
    assert desk.post(at("resembling"), newcomer(kana="", name="")).content.decode().strip() == ""


def test_at_the_phone_desk_they_are_shown_under_the_form(desk, haru):
    typed = {**newcomer(), "person": "new", "step": "resembling"}

    page = desk.post(at("phone_desk"), typed).content.decode()

    assert f'value="{haru.pk}"' in page
    assert "<html" not in page


def test_a_birthday_in_any_calendar_says_the_year(desk, haru):
    path = at("person_who", haru.pk)
    told = {"name": HARU.name, "kana": HARU.kana, "birth_year": ""}

    desk.post(path, {**told, "birth_date": "昭和19年5月1日"})
    haru.refresh_from_db()
    assert (haru.birth_date, haru.birth_year) == (date(1944, 5, 1), 1944)

    page = desk.post(path, {**told, "birth_year": "1945", "birth_date": "S19.5.1"})
    assert "error-summary" in page.content.decode()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("person_who", "name"),
        ("person_home", "address"),
        ("person_home", "access_notes"),
        ("person_care", "conditions"),
        ("person_call_back", "words"),
        ("new_carer", "name"),
    ],
)
def test_a_card_number_is_refused_everywhere(desk, haru, form, field):
    page = desk.post(at(form, haru.pk), {field: PERSONAL_NUMBER}).content.decode()

    assert "error-summary" in page
    assert PERSONAL_NUMBER not in page


def test_needs_are_noted_and_taken_off(desk, haru):
    desk.post(at("person_needs", haru.pk), {"kinds": ["hearing", "stairs"]})
    desk.post(at("person_needs", haru.pk), {"kinds": ["stairs"]})
    assert [need.kind for need in haru.needs.all()] == ["stairs"]

    desk.post(at("person_needs", haru.pk), {})
    assert not haru.needs.exists()


def test_care_is_seen_on_its_own_screen_alone_and_every_look_is_recorded(desk, haru, settings):
    told = {"care_level": "c3", "conditions": "膝が悪い"}
    desk.post(at("person_care", haru.pk), told)
    assert CareRecord.objects.get().written_by.username == "madoguchi"

    AccessRecord.objects.all().delete()
    assert "膝が悪い" in desk.get(at("person_care", haru.pk)).content.decode()
    assert AccessRecord.objects.get().screen == "care"
    for page in (at("person", haru.pk), at("people")):
        assert "膝が悪い" not in desk.get(page).content.decode()

    settings.CARE_RECORDS = False
    assert desk.get(at("person_care", haru.pk)).status_code == 404
    assert at("person_care", haru.pk) not in desk.get(at("person", haru.pk)).content.decode()


def test_a_carer_is_noted_with_what_they_may_do_and_let_go(desk, haru, make_person, now):
    akiko = make_person(AKIKO)
    told = {"relation": "family", "authority": "may_decide"}

    desk.post(at("known_carer", haru.pk, akiko.pk), told)
    carer = haru.carers.get()
    assert (carer.contact, carer.authority, carer.until) == (akiko.contact, "may_decide", None)
    assert HARU.name in desk.get(at("person", akiko.pk)).content.decode()

    again = desk.post(at("known_carer", haru.pk, akiko.pk), told).content.decode()
    assert "error-summary" in again
    desk.post(at("release_carer", haru.pk, carer.pk))
    assert Carer.objects.get().until is not None


def test_a_carer_of_somebody_else_is_not_there(desk, haru, make_person):
    akiko = make_person(AKIKO)
    desk.post(at("known_carer", haru.pk, akiko.pk), {"relation": "family", "authority": "may_ask"})

    answer = desk.post(at("release_carer", akiko.pk, haru.carers.get().pk))

    assert answer.status_code == 404


def test_people_who_live_together_have_one_household_until_one_leaves(desk, haru, make_person):
    akiko = make_person(AKIKO)
    desk.post(at("live_together", haru.pk, akiko.pk))
    desk.post(at("person_household", akiko.pk), {"deed": "head"})
    haru.refresh_from_db()
    assert haru.household.head == akiko

    desk.post(at("person_household", akiko.pk), {"deed": "leave"})
    assert set(Person.objects.values_list("household", flat=True)) == {None}


def test_two_records_become_one_on_the_screen_and_two_again(desk, haru):
    twin = people.write_down(name=HARU.name, kana=HARU.kana, language="ja")
    path = at("same_person", haru.pk, twin.pk)
    assert path in desk.get(at("person", haru.pk)).content.decode()

    desk.post(path)
    assert listed(desk, "ユキサワ").count(f'href="{at("person", haru.pk)}"') == 1
    assert desk.get(at("person", twin.pk)).url == at("person", haru.pk)
    merge = haru.merges.get()
    assert at("undo_merge", merge.pk) in desk.get(at("person", haru.pk)).content.decode()

    desk.post(at("undo_merge", merge.pk))
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_what_cannot_be_merged_is_said_in_words_of_the_room(desk, haru, session, now):
    from uuid import uuid4

    from outreach.classes.actions import registrations

    twin = people.write_down(name=HARU.name, kana=HARU.kana, language="ja")
    for person in (haru, twin):
        registrations.register(
            session=session, person=person, submission=uuid4(), how="phone", now=now
        )

    answer = desk.post(at("same_person", haru.pk, twin.pk))

    assert answer.status_code == 409
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_who_looked_at_somebody_stays_known_after_a_merge(log_in, haru, staff, present):
    twin = people.write_down(name=HARU.name, kana=HARU.kana, language="ja")
    log_in("admin").get(at("person_needs", twin.pk))
    merges.merge(kept=haru, gone=twin, by=staff("desk"), now=present)

    page = log_in("desk").get(at("person_looks", haru.pk)).content.decode()

    assert "kanri" in page


def test_whom_a_colleague_saw_in_a_time_is_on_one_list(log_in, haru, make_person, staff, present):
    linh = make_person(LINH)
    log_in("desk").get(at("person", haru.pk))
    today = present.astimezone().date().isoformat()
    asked = {"colleague": staff("desk").pk, "since": today, "until": today}

    page = log_in("admin").get(at("affected"), asked).content.decode()
    assert HARU.name in page
    assert LINH.name not in page

    past = {**asked, "since": "2020-01-01", "until": "2020-01-02"}
    assert HARU.name not in log_in("admin").get(at("affected"), past).content.decode()
    assert linh.access_records.count() == 0


def test_somebody_who_died_loses_their_seat_and_the_family_is_told_by_a_person(
    desk, registration, make_person, present
):
    daughter = make_person(AKIKO).contact
    registration.asked_by, registration.relation = daughter, "family"
    registration.save()
    person = registration.person

    desk.post(at("person_left", person.pk), {"status": "deceased", "on": "2026-01-10"})

    registration.refresh_from_db()
    person.refresh_from_db()
    assert (registration.state, person.status, person.contact.closed) == (
        "cancelled",
        "deceased",
        True,
    )
    waiting = {"queued", "held", "sending"}
    for contact in (daughter, person.contact):
        assert not waiting & set(contact.messages.values_list("state", flat=True))


def test_the_classes_somebody_came_to_stay_theirs(desk, registration, session, present):
    session.starts_at, session.ends_at = present - timedelta(hours=3), present - timedelta(hours=2)
    session.save()

    desk.post(at("person_left", registration.person_id), {"status": "moved", "on": "2026-01-10"})

    registration.refresh_from_db()
    assert registration.state == "registered"


def test_who_moved_gives_the_visit_back_and_can_come_again(desk, visit_request):
    person = visit_request.person

    desk.post(at("person_left", person.pk), {"status": "moved", "on": "2026-01-10"})
    visit_request.refresh_from_db()
    assert visit_request.state == "cancelled"

    desk.post(at("person_back", person.pk))
    person.refresh_from_db()
    assert (person.status, person.contact.closed) == ("here", False)


def test_a_call_back_for_another_day_is_on_that_days_list(desk, haru):
    desk.post(at("person_call_back", haru.pk), {"words": "カードのこと", "on": "2099-10-01"})
    assert HARU.name not in desk.get(at("tasks")).content.decode()

    desk.post(at("person_call_back", haru.pk), {"words": "急ぎ", "on": ""})
    task = Task.objects.get()
    assert task.notes.get().words == "急ぎ"


def test_a_facility_has_a_name_of_its_own_a_number_and_people_to_ask_for(desk, haru):
    told = {"name": "こもれび", "kana": "", "address": "花輪字荒田1", "phone": "0186-00-0114"}
    page = desk.post(at("new_facility"), told, follow=True).content.decode()
    assert "0186-00-0114" in page
    assert "error-summary" in desk.post(at("new_facility"), told).content.decode()

    facility = haru.residence.__class__._meta.get_field("facility").related_model.objects.get()
    desk.post(
        at("facility_contact", facility.pk), {"name": "黒土健", "duty": "相談員", "language": "ja"}
    )
    contact = facility.contact_persons.get()
    records.settle(person=haru, home=Home(facility=facility))
    page = desk.get(at("facility", facility.pk)).content.decode()
    assert "黒土健" in page
    assert HARU.name in page
    protect(haru)
    assert HARU.name not in desk.get(at("facility", facility.pk)).content.decode()

    desk.post(at("remove_facility_contact", facility.pk, contact.pk))
    assert not facility.contact_persons.exists()


def test_a_form_on_the_web_never_meets_a_record_that_was_merged_away(haru, staff, now):
    typed = {"name": "雪沢春", "kana": ""}
    twin = identify(HARU, **typed)
    merges.merge(kept=haru, gone=twin, by=staff("desk"), now=now)
    # The number is the one that stays, and still behind the emptied record on a restored copy.
    twin.contact.points.set(haru.contact.points.all())

    assert identify(HARU, **typed) != twin
