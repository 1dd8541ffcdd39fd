import pytest
from django.db import IntegrityError, transaction

from notifications.models import Contact
from outreach.people.models import AccessRecord, Person


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        pytest.param("person_has_name", {"name": ""}, id="no name"),
        pytest.param("person_birth_year_plausible", {"birth_year": 1889}, id="too long ago"),
        pytest.param("person_birth_year_plausible", {"birth_year": 2101}, id="in the future"),
    ],
)
def test_the_database_refuses_a_person_that_cannot_be(db, name, changes):
    contact = Contact.objects.create(name="雪沢ハル")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Person.objects.create(**{"name": "雪沢ハル", "contact": contact, **changes})


@pytest.mark.parametrize("year", [1890, 2100])
def test_the_first_and_the_last_plausible_year_are_kept(db, year):
    contact = Contact.objects.create(name="雪沢ハル")

    assert Person.objects.create(name="雪沢ハル", contact=contact, birth_year=year).pk


def test_two_people_never_share_one_contact(db):
    contact = Contact.objects.create(name="雪沢ハル")
    Person.objects.create(name="雪沢ハル", contact=contact)

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="山瀬明子", contact=contact)


def test_the_database_refuses_an_access_of_an_unknown_kind(db, staff, now):
    with pytest.raises(IntegrityError, match="access_record_action_known"), transaction.atomic():
        AccessRecord.objects.create(by=staff("desk"), action="guess", screen="x", at=now)


def test_people_are_looked_up_by_their_reading(db):
    for name, kana in [("渡辺", "ワタナベ"), ("阿部", "アベ"), ("安倍", "アベ")]:
        Person.objects.create(name=name, kana=kana, contact=Contact.objects.create(name=name))

    assert [person.name for person in Person.objects.by_kana()] == ["安倍", "阿部", "渡辺"]
