from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection, transaction

from notifications.actions import contacts
from notifications.models import Contact, ContactPoint
from notifications.rules.phones import parse_phone
from tests.cast import AKIKO, GRANDSON, HARU, LINH
from tests.notifications.conftest import write_down


def values(contact):
    return [(point.kind, point.value) for point in contact.usable_points()]


def test_a_contact_is_written_down_with_what_it_can_be_reached_by(db):
    contact = write_down(AKIKO, email="Akiko@Example.COM ", post=" 鹿角市　花輪 \n 1 ")

    assert (contact.name, contact.language) == (AKIKO.name, "ja")
    assert set(values(contact)) == {
        ("phone", "+819000000013"),
        ("email", "akiko@example.com"),
        ("post", "鹿角市 花輪 1"),
    }


def test_a_family_shares_one_point(db):
    mother, son = write_down(AKIKO), write_down(GRANDSON)

    assert ContactPoint.objects.filter(kind="phone").count() == 1
    assert set(ContactPoint.objects.get(kind="phone").contacts.all()) == {mother, son}


def test_a_contact_is_brought_up_to_date_and_keeps_what_was_known(linh):
    again = contacts.record(name=linh.name, language="ja", email="linh@example.com", contact=linh)

    assert again == linh
    assert Contact.objects.get().language == "ja"
    assert {kind for kind, _ in values(linh)} == {"phone", "email"}


def test_the_number_told_last_comes_first(linh):
    first = parse_phone(LINH.phone)
    contacts.record(name=linh.name, language="vi", phone=parse_phone("090-0000-0099"), contact=linh)
    assert [value for _, value in values(linh)] == ["+819000000099", first.e164]

    contacts.record(name=linh.name, language="vi", phone=first, contact=linh)
    assert [value for _, value in values(linh)] == [first.e164, "+819000000099"]


def test_a_stopped_number_is_not_started_again_by_typing_it(linh):
    ContactPoint.objects.update(state=ContactPoint.State.STOPPED)

    write_down(LINH, contact=linh)

    assert ContactPoint.objects.get().state == "stopped"
    assert values(linh) == []


@pytest.mark.parametrize("field", ["name", "email", "post"])
def test_a_card_number_is_refused_and_nothing_is_written(db, field):
    with pytest.raises(ValidationError) as refusal:
        write_down(HARU, **{field: "山田 1234 5678 9018"})

    assert "5678" not in str(refusal.value)
    assert not Contact.objects.exists()
    assert not ContactPoint.objects.exists()


def test_a_mobile_that_looks_like_a_card_number_is_a_phone(db):
    contact = write_down(HARU, phone=parse_phone("+819012345673"))

    assert values(contact) == [("phone", "+819012345673")]


@pytest.mark.parametrize("path", ["", "mynumber.validators.no_such_function", None])
def test_without_its_guard_no_text_is_taken(db, settings, path):
    settings.NOTIFICATION_TEXT_GUARD = path

    with pytest.raises((ImportError, AttributeError, ImproperlyConfigured)):
        write_down(HARU)
    assert not Contact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_people_who_share_a_phone_can_be_written_down_at_the_same_moment():
    together = Barrier(6)

    def sign_up(number):
        try:
            together.wait(timeout=10)
            return write_down(AKIKO, name=f"{AKIKO.name}{number}").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        keys = list(pool.map(sign_up, range(6)))

    assert len(set(keys)) == 6
    assert ContactPoint.objects.filter(kind="phone").count() == 1
    assert ContactPoint.objects.filter(kind="email").count() == 1
    assert ContactPoint.objects.get(kind="phone").contacts.count() == 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_a_number_somebody_is_just_signing_up_with_can_be_written_to(linh, queue):
    def queue_meanwhile():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            return queue(linh).state
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        contacts.hold_points(phone=parse_phone(LINH.phone))
        assert pool.submit(queue_meanwhile).result(timeout=20) == "queued"
