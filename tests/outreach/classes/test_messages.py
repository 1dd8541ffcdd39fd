"""Every text in every language, with the longest values that are likely."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.conf import settings

from notifications import texts
from notifications.links import my_url, short_url
from notifications.models import Contact
from notifications.rules.sms import SINGLE_PART_UNITS, sms_parts, utf16_units
from outreach.classes.models import ClassSession, Course, Offer, Registration
from outreach.people.actions import people
from outreach.people.readers import Reader
from outreach.places.models import Venue
from tests.conftest import TOKYO

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _ in settings.LANGUAGES]
ABOUT_A_SEAT = ["registered", "reminder", "cancelled", "waiting", "offered", "offer-ended"]
CHANGES = ["moved", "called-off"]
TEMPLATES = [*ABOUT_A_SEAT, *CHANGES, "news"]
NAME = "NGUYEN THI PHUONG THAO"
TWO_PARTS = 134
OFFER = Offer(ends_at=datetime(2026, 12, 20, 10, 30, tzinfo=TOKYO))
LONGEST_VENUE = {
    "ja": "文化の杜交流館コモッセ",
    "ja_easy": "{文化|ぶんか}の{杜|もり}{交流館|こうりゅうかん}コモッセ",
    "en": "Cultural Exchange Center Comosse",
    "zh_hans": "文化之森交流馆COMOSSE",
    "vi": "Trung tâm Giao lưu Văn hóa Comosse",
    "ind": "Pusat Pertukaran Budaya Comosse",
    "tl": "Cultural Exchange Center Comosse",
    "ko": "문화의 숲 교류관 코못세",
}


@pytest.fixture(autouse=True)
def _a_telephone_with_an_extension_of_its_own(settings):
    settings.CITY_PHONE = "0186-30-0203"


@pytest.fixture
def registration(now):
    session = ClassSession.objects.create(
        course=Course.objects.create(
            slug="photos",
            title_ja="写真の撮り方と送り方",
            summary_ja="写真を撮って家族に送ります。",
            bring_ja="スマートフォン\nめがね",
        ),
        venue=Venue.objects.create(
            **{f"name_{code}": name for code, name in LONGEST_VENUE.items()},
            address_ja="鹿角市花輪字八正寺13番地",
            access_ja="鹿角花輪駅から歩いて15分",
        ),
        # A Tuesday at the end of the year: two digits everywhere, long names of day and month.
        starts_at=datetime(2026, 12, 22, 10, 30, tzinfo=TOKYO),
        ends_at=datetime(2026, 12, 22, 12, 0, tzinfo=TOKYO),
        capacity=10,
    )
    person = people.identify(name=NAME, email="thao@example.com", language="vi")
    return Registration.objects.create(
        session=session,
        person=person,
        reference="C-WWWWWW",
        submission=uuid4(),
        how="web",
        registered_at=now,
    )


def words(registration, name, language, channel, reader=None):
    contact = registration.person.contact
    contact.language = language
    context = {"session": registration.session}
    if name != "news":
        context |= {"registration": registration, "offer": OFFER, "reader": reader}
    return texts.render(
        contact=contact, template=f"classes/messages/{name}", channel=channel, context=context
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_short_text_fits_two_parts_and_names_nobody(registration, name, language):
    text = words(registration, name, language, "sms")
    if utf16_units(text.body) > SINGLE_PART_UNITS:
        print(f"{name}.short.{language}: {utf16_units(text.body)} units")  # noqa: T201
    assert text.language == language
    assert utf16_units(text.body) <= TWO_PARTS
    assert sms_parts(text.body) <= 2
    assert settings.CITY_PHONE in text.body
    assert not any(part in text.body for part in NAME.split())
    assert "{" not in text.body
    assert "\n" not in text.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_long_text_has_a_subject_and_says_when_where_and_whom_to_call(
    registration, name, language
):
    text = words(registration, name, language, "email")
    column = {"id": "ind"}.get(language, language.replace("-", "_"))
    venue = LONGEST_VENUE[column].replace("{", "").split("|")[0]
    assert text.language == language
    assert text.subject
    assert not text.subject.startswith(" ")
    for expected in ("10:30", "10.30"):
        if expected in text.body:
            break
    else:
        pytest.fail("the hour is missing")
    assert "22" in text.body
    assert venue in text.body
    assert settings.CITY_PHONE in text.body
    assert "{" not in text.subject + text.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [one for one in [*ABOUT_A_SEAT, *CHANGES] if one != "offered"])
def test_texts_about_a_seat_carry_the_reference(registration, name, language):
    for channel in ("sms", "email"):
        assert registration.reference in words(registration, name, language, channel).body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["registered", "reminder", "waiting", "offered", "moved"])
def test_texts_about_a_seat_lead_to_the_persons_own_page(registration, name, language):
    text = words(registration, name, language, "email")
    assert f"{settings.SITE_URL}/" in text.body
    assert "/my/" in text.body


@pytest.mark.parametrize("language", ["vi", "id", "tl", "en"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_our_own_words_in_latin_languages_hold_no_japanese(registration, name, language):
    text = words(registration, name, language, "sms")
    assert all(ord(sign) < 0x2E80 for sign in text.body)


@pytest.mark.parametrize("name", TEMPLATES)
def test_easy_japanese_leaves_no_kanji_without_its_reading(registration, name):
    text = words(registration, name, "ja-easy", "sms")
    unread = [
        before
        for before, after in zip(text.body, text.body[1:] + " ", strict=True)
        if "\u4e00" <= before <= "\u9fff"
        and not ("\u4e00" <= after <= "\u9fff" or after in "（0123456789")
    ]
    assert unread == []


def test_a_venue_nobody_has_translated_keeps_its_japanese_name(registration):
    registration.session.venue.name_vi = ""
    assert LONGEST_VENUE["ja"] in words(registration, "registered", "vi", "sms").body


def test_the_words_of_a_venue_are_not_escaped(registration):
    registration.session.venue.name_en = "Miller's Hall"
    assert "Miller's Hall" in words(registration, "news", "en", "sms").body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ABOUT_A_SEAT)
def test_who_registered_somebody_is_greeted_and_reads_who_attends(registration, name, language):
    asker = Reader(Contact(name="SUZUKI AKIKO"), for_another=True)
    for_asker = words(registration, name, language, "email", asker)
    for_person = words(registration, name, language, "email", Reader(registration.person.contact))
    assert "SUZUKI AKIKO" in for_asker.body
    assert NAME in for_asker.body
    assert for_person.body.count(NAME) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["registered", "reminder"])
def test_a_handset_and_a_ride_are_spoken_of_only_to_who_wants_them(registration, name, language):
    plain = words(registration, name, language, "email").body
    registration.needs_handset = registration.wants_ride = True
    wanted = words(registration, name, language, "email").body
    assert len(wanted.splitlines()) == len(plain.splitlines()) + 2
    assert set(plain.splitlines()) <= set(wanted.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_says_until_when_and_leads_where_it_is_answered(registration, language):
    short = words(registration, "offered", language, "sms").body
    link = short_url(registration.person.contact)
    assert link in short
    assert "20" in short.replace(link, "")
    assert re.search(r"10[:.]30", short)
    long = words(registration, "offered", language, "email").body
    assert my_url(registration.person.contact) in long
    assert re.search(r"10[:.]30", long)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_waits_reads_their_place_in_line(registration, language):
    registration.state, registration.line_number = Registration.State.WAITING, 7
    for channel in ("sms", "email"):
        place = registration.place_in_line
        assert str(place) in words(registration, "waiting", language, channel).body
