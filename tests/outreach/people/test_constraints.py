from datetime import date

import pytest
from django.db import IntegrityError, transaction

from notifications.models import Contact
from outreach.people.actions.tasks import open_task
from outreach.people.models import (
    AccessRecord,
    CareFacility,
    Carer,
    CareRecord,
    KnownApart,
    Need,
    Person,
    PersonMerge,
    Residence,
    TaskNote,
)
from tests.cast import AKIKO, HARU

pytestmark = pytest.mark.django_db


@pytest.fixture
def haru(make_person):
    return make_person(HARU)


@pytest.fixture
def akiko(make_person):
    return make_person(AKIKO)


ONCE = "UNIQUE|unique"  # SQLite names the columns of such a constraint, not its name


def refused(name, write):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        pytest.param("person_has_name", {"name": ""}, id="no name"),
        pytest.param("person_birth_year_plausible", {"birth_year": 1889}, id="too long ago"),
        pytest.param("person_birth_year_plausible", {"birth_year": 2101}, id="in the future"),
        pytest.param(
            "person_birth_year_is_of_date",
            {"birth_year": 1945, "birth_date": date(1944, 12, 31)},
            id="another year than the date's",
        ),
        pytest.param(
            "person_birth_year_is_of_date", {"birth_date": date(1944, 12, 31)}, id="no year"
        ),
        pytest.param("person_status_is_dated", {"status": "moved"}, id="moved, no day"),
        pytest.param("person_status_is_dated", {"status_on": date(2026, 1, 1)}, id="day for none"),
        pytest.param(
            "person_status_is_dated",
            {"status": "lost", "status_on": date(2026, 1, 1)},
            id="unknown status",
        ),
    ],
)
def test_the_database_refuses_a_person_that_cannot_be(name, changes):
    contact = Contact.objects.create(name="雪沢ハル")

    refused(
        name,
        lambda: Person.objects.create(
            name=changes.pop("name", "雪沢ハル"), contact=contact, **changes
        ),
    )


@pytest.mark.parametrize("year", [1890, 2100])
def test_the_first_and_the_last_plausible_year_are_kept(year):
    contact = Contact.objects.create(name="雪沢ハル")

    assert Person.objects.create(name="雪沢ハル", contact=contact, birth_year=year).pk


def test_two_people_never_share_one_contact():
    contact = Contact.objects.create(name="雪沢ハル")
    Person.objects.create(name="雪沢ハル", contact=contact)

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="山瀬明子", contact=contact)


def test_nobody_is_merged_into_themselves(haru):
    refused(
        "person_not_merged_into_itself",
        lambda: Person.objects.filter(pk=haru.pk).update(merged_into=haru),
    )


def test_the_database_refuses_an_access_of_an_unknown_kind(staff, now):
    refused(
        "access_record_action_known",
        lambda: AccessRecord.objects.create(by=staff("desk"), action="guess", screen="x", at=now),
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("residence_lies_in_japan", {"latitude": 40.2}),
        ("residence_lies_in_japan", {"latitude": 140.8, "longitude": 40.2}),
        ("residence_koaza_lies_in_oaza", {"koaza": "上花輪"}),
        ("residence_road_height_known", {"road_height": 4}),
    ],
)
def test_the_database_refuses_a_residence_that_cannot_be(haru, name, values):
    refused(name, lambda: Residence.objects.create(person=haru, **values))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("care_facility_has_name", {"name": ""}),
        (ONCE, {"name": "こもれび"}),
        ("care_facility_lies_in_japan", {"name": "x", "longitude": 140.8}),
    ],
)
def test_the_database_refuses_a_facility_that_cannot_be(name, values):
    CareFacility.objects.create(name="こもれび")

    refused(
        name,
        lambda: CareFacility.objects.create(**values),
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (ONCE, {}),  # the same carer again
        ("carer_ends_after_it_begins", {"until": date(2026, 9, 30)}),
        ("carer_relation_known", {"relation": "friend", "until": date(2027, 1, 1)}),
        ("carer_authority_known", {"authority": "all", "until": date(2027, 1, 1)}),
    ],
)
def test_the_database_refuses_a_carer_that_cannot_be(haru, akiko, name, values):
    told = {"person": haru, "contact": akiko.contact, "since": date(2026, 10, 1)}
    Carer.objects.create(relation="family", **told)

    refused(name, lambda: Carer.objects.create(**{"relation": "family", **told, **values}))


def test_a_need_is_noted_once_and_is_one_of_those_there_are(haru):
    Need.objects.create(person=haru, kind="stairs")

    refused(ONCE, lambda: Need.objects.create(person=haru, kind="stairs"))
    refused("need_kind_known", lambda: Need.objects.create(person=haru, kind="dementia"))


@pytest.mark.parametrize(
    ("name", "values"),
    [("care_record_says_something", {}), ("care_record_level_known", {"care_level": "c6"})],
)
def test_a_care_record_says_something_known(haru, staff, now, name, values):
    refused(
        name,
        lambda: CareRecord.objects.create(
            person=haru, written_at=now, written_by=staff("desk"), **values
        ),
    )


def test_a_pair_that_is_two_people_is_noted_once_and_in_order(haru, akiko, staff, now):
    noted = {"by": staff("desk"), "at": now}
    KnownApart.objects.create(one=haru, other=akiko, **noted)

    refused(ONCE, lambda: KnownApart.objects.create(one=haru, other=akiko, **noted))
    refused(
        "known_apart_in_order", lambda: KnownApart.objects.create(one=akiko, other=haru, **noted)
    )


def test_a_merge_is_of_two_once_and_undone_by_somebody(haru, akiko, staff, now):
    told = {"moved": {}, "by": staff("desk"), "at": now}
    PersonMerge.objects.create(kept=haru, gone=akiko, **told)

    refused(ONCE, lambda: PersonMerge.objects.create(kept=haru, gone=akiko, **told))
    refused("person_merge_of_two", lambda: PersonMerge.objects.create(kept=haru, gone=haru, **told))
    refused(
        "person_merge_undone_by_somebody",
        lambda: PersonMerge.objects.create(kept=akiko, gone=haru, undone_at=now, **told),
    )


def test_a_note_on_a_task_says_something(haru, staff, now):
    task = open_task(kind="wish", cause="pressed 3", now=now, person=haru)

    refused(
        "task_note_says_something",
        lambda: TaskNote.objects.create(task=task, by=staff("desk"), at=now),
    )


def test_people_are_looked_up_by_their_reading():
    for name, kana in [("渡辺", "ワタナベ"), ("阿部", "アベ"), ("安倍", "アベ")]:
        Person.objects.create(name=name, kana=kana, contact=Contact.objects.create(name=name))

    assert [person.name for person in Person.objects.by_kana()] == ["安倍", "阿部", "渡辺"]


def test_the_keys_follow_the_name_however_it_is_written(haru):
    assert (haru.sound, haru.name_key) == ("ユキサワハル", "雪沢ハル")

    haru.name, haru.kana = "湯木澤　春", "ユウキサワ ハル"
    haru.save(update_fields=["name", "kana"])
    haru.refresh_from_db()

    assert (haru.sound, haru.name_key) == ("ユキサワハル", "湯木沢春")
