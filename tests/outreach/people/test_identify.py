from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from notifications.models import Contact, ContactPoint
from notifications.rules.phones import parse_phone
from outreach.people.actions import people
from outreach.people.models import Person
from tests.cast import AKIKO, GRANDSON, HARU, LINH

A_COLLEAGUE = User(username="desk")


def identify(character, **changes):
    """As the desk writes somebody down, on the telephone."""
    values = {
        "by": A_COLLEAGUE,
        "name": character.name,
        "kana": character.kana,
        "birth_year": character.birth_year,
        "phone": parse_phone(character.phone),
        "email": character.email,
        "language": character.language,
    }
    return people.identify(**{**values, **changes})


def test_somebody_new_is_written_down_with_how_to_reach_them(db, district):
    person = identify(HARU, name=" 雪沢　ハル ", kana="ゆきさわ はる", district=district)

    person.refresh_from_db()
    assert (person.name, person.kana) == ("雪沢 ハル", "ユキサワ ハル")
    assert (person.birth_year, person.district) == (1944, district)
    assert (person.contact.name, person.contact.language) == ("雪沢 ハル", "ja")
    assert person.contact.points.get().value == "+81186000111"


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({}, id="word for word"),
        pytest.param({"name": "山瀬　明子", "kana": "やませ あきこ"}, id="written otherwise"),
        pytest.param({"kana": ""}, id="without the reading"),
        pytest.param({"birth_year": None}, id="without the year of birth"),
        pytest.param({"phone": None}, id="by e-mail alone"),
        pytest.param({"email": ""}, id="by phone alone, with the same name"),
        pytest.param({"email": "AKIKO@EXAMPLE.COM", "phone": None}, id="e-mail in capitals"),
    ],
)
def test_the_same_person_is_recognised(db, again):
    assert identify(AKIKO, **again) == identify(AKIKO)
    assert Person.objects.count() == Contact.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"name": "山瀬朋子"}, id="another name on the same phone"),
        pytest.param({"kana": "ヤマセメイコ"}, id="another reading"),
        pytest.param({"birth_year": 1971}, id="another year of birth"),
        pytest.param(
            {"phone": parse_phone("090-0000-0098"), "email": "a@example.com"},
            id="a namesake elsewhere",
        ),
        pytest.param({"phone": None, "email": ""}, id="nothing shared"),
    ],
)
def test_somebody_else_stays_somebody_else(db, other):
    assert identify(AKIKO, **other) != identify(AKIKO)
    assert Person.objects.count() == 2


def test_a_family_on_one_phone_is_several_people_with_one_number(db):
    mother, son = identify(AKIKO), identify(GRANDSON)

    assert mother != son
    shared = ContactPoint.objects.get(kind="phone")
    assert set(shared.contacts.all()) == {mother.contact, son.contact}


def test_what_was_missing_is_filled_in_and_what_was_known_is_kept(db, district):
    known = identify(LINH, birth_year=None, email="")

    identify(LINH, district=district, email="linh@example.com", language="ja", name="Tran Thi Linh")

    known.refresh_from_db()
    assert (known.name, known.birth_year, known.district) == ("TRAN THI LINH", 2002, district)
    assert (known.contact.name, known.contact.language) == ("TRAN THI LINH", "ja")
    assert set(known.contact.points.values_list("kind", flat=True)) == {"phone", "email"}


@pytest.mark.parametrize(
    "new",
    [
        pytest.param({"email": "stranger@example.com"}, id="an e-mail address"),
        pytest.param({"email": "stranger@example.com", "phone": None}, id="an address alone"),
        pytest.param({"post": "花輪字見本1"}, id="a postal address"),
    ],
)
def test_a_stranger_who_knows_name_and_number_adds_no_address_of_their_own(db, new):
    haru = identify(HARU)

    stranger = identify(HARU, **new, by=None)

    assert stranger != haru
    assert [point.value for point in haru.contact.points.all()] == ["+81186000111"]


def test_the_same_form_sent_again_on_the_web_is_the_same_person(db):
    first = identify(AKIKO, by=None)

    assert identify(AKIKO, by=None) == first
    assert identify(AKIKO, email="", by=None) == first


def test_a_district_on_record_is_not_overwritten(db, district):
    known = identify(HARU, district=district)

    identify(HARU, district=None)

    known.refresh_from_db()
    assert known.district == district


def test_of_two_with_one_name_the_one_with_the_same_reading_is_meant(db):
    without = identify(AKIKO, kana="", birth_year=1970)
    namesake = Person.objects.create(
        name=AKIKO.name, kana="ヤマセアキコ", contact=Contact.objects.create(name="x")
    )
    namesake.contact.points.set(without.contact.points.all())

    assert identify(AKIKO) == namesake
    assert identify(AKIKO, kana="") == without


def test_a_card_number_in_a_name_is_refused_and_nothing_is_written(db):
    with pytest.raises(ValidationError):
        identify(HARU, name="雪沢 1234 5678 9018")

    assert not Person.objects.exists()
    assert not ContactPoint.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_person():
    together = Barrier(4)

    def sign_up(_):
        try:
            together.wait(timeout=10)
            return identify(AKIKO).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(sign_up, range(4)))

    assert keys == {Person.objects.get().pk}
