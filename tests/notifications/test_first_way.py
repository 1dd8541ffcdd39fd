"""By which channel somebody will hear from the city, before anything has been written."""

import pytest

from notifications.actions import consents, contacts
from notifications.first_way import first_way_to
from notifications.rules.phones import parse_phone

pytestmark = pytest.mark.django_db

MOBILE, LANDLINE = parse_phone("090-0000-0012"), parse_phone("0186-00-0111")


def haru(**ways):
    return contacts.record(name="雪沢ハル", language="ja", **ways)


@pytest.mark.parametrize(
    ("ways", "channel"),
    [
        ({"phone": MOBILE}, "sms"),
        ({"phone": LANDLINE}, "call"),
        ({"email": "haru@example.com"}, "email"),
        ({"post": "花輪字八正寺13"}, "letter"),
    ],
)
def test_somebody_on_record_hears_by_what_they_have(ways, channel):
    assert first_way_to(haru(**ways), language="ja").channel == channel


def test_who_has_nothing_hears_nothing():
    assert first_way_to(haru(), language="ja") is None
    assert first_way_to(None, language="ja") is None


def test_a_number_told_now_comes_before_what_is_known():
    way = first_way_to(haru(phone=LANDLINE), language="ja", phone=MOBILE)
    assert (way.channel, way.address) == ("sms", "090-0000-0012")


def test_a_machine_calls_who_has_agreed_or_agrees_now(now):
    contact = haru(phone=LANDLINE)
    assert first_way_to(contact, language="ja", agrees_to_calls=True).channel == "voice"
    consents.give(contact=contact, purpose="automatic-call", how="phone", wording="…", now=now)
    assert first_way_to(contact, language="ja").channel == "voice"


def test_a_machine_speaks_japanese_alone():
    way = first_way_to(None, language="vi", phone=LANDLINE, agrees_to_calls=True)
    assert way.channel == "call"


def test_the_address_of_somebody_protected_is_no_way():
    contact = haru(post="花輪字八正寺13")
    contact.protected = True
    assert first_way_to(contact, language="ja") is None
