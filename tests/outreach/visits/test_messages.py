"""Every text in every language and form, with the longest values that occur."""

import itertools
from datetime import date

import pytest
from django.conf import settings

from notifications import texts
from notifications.links import my_url
from notifications.models import Contact
from notifications.rules.sms import utf16_units
from tests.cast import AKIKO

# Two parts of a joined SMS.
MOST_UNITS = 134
LANGUAGES = [code for code, _ in settings.LANGUAGES]
NAMES = [
    "asked",
    "group-asked",
    "planned",
    "reminder",
    "another-day",
    "late",
    "cancelled",
    "card-arrived",
]
# A Wednesday in December is the longest of the days in most languages.
LONGEST = {
    "reference": "V-7K3M9QWXYR",
    "visit_on": date(2026, 12, 23),
    "starts": "13:00",
    "ends": "16:30",
    "count": 100,
    "documents": ["two_with_photo", "old_card"],
}
WAYS = [
    dict(zip(("for_another", "moved", "time_slot", "way"), way, strict=True))
    for way in itertools.product(
        [True, False], [True, False], ["am", "pm"], ["collect", "bring", "posted"]
    )
]


def text(name: str, language: str, channel: str, **context: object) -> texts.Text:
    contact = Contact(pk=7, name=AKIKO.name, language=language)
    return texts.render(
        contact=contact,
        template=f"visits/messages/{name}",
        channel=channel,
        context={**LONGEST, **context},
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_short_text_fits_two_parts_and_names_nobody(name: str, language: str) -> None:
    for way in WAYS:
        short = text(name, language, "sms", **way)
        assert short.language == language
        assert utf16_units(short.body) <= MOST_UNITS, short.body
        assert settings.CITY_PHONE in short.body
        assert AKIKO.name not in short.body
        assert "\n" not in short.body


@pytest.mark.parametrize("name", [name for name in NAMES if name != "planned"])  # has a link
def test_a_japanese_short_text_fits_one_part(name: str) -> None:
    usual = {**LONGEST, "reference": "V-7K3M9Q", "starts": "9:00", "ends": "12:00"}
    for way in WAYS:
        body = text(name, "ja", "sms", **{**usual, **way}).body
        assert utf16_units(body) <= 70, body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_long_text_has_a_subject_the_reference_and_the_phone(name: str, language: str) -> None:
    for way in WAYS:
        long = text(name, language, "email", **way)
        assert long.language == language
        assert LONGEST["reference"] in long.subject
        assert LONGEST["reference"] in long.body
        assert settings.CITY_PHONE in long.body
        assert AKIKO.name not in long.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_planned_visit_tells_day_time_and_a_change(language: str) -> None:
    for channel in ("sms", "email"):
        told = text("planned", language, channel, time_slot="pm", moved=False).body
        moved = text("planned", language, channel, time_slot="pm", moved=True).body
        for said in (told, moved):
            assert "23" in said
            assert "13:00" in said
            assert "16:30" in said
            # Where it can be answered.
            assert settings.SITE_URL in said
        assert told != moved


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in ("ja", "ja-easy")])
@pytest.mark.parametrize("name", NAMES)
def test_no_kana_stands_in_the_texts_of_other_languages(name: str, language: str) -> None:
    for way in WAYS:
        for channel in ("sms", "email"):
            rendered = text(name, language, channel, **way)
            everything = rendered.subject + rendered.body
            assert not any("\u3040" <= letter <= "\u30ff" for letter in everything)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("for_another", [True, False])
def test_whoever_asks_gets_the_way_to_their_own_page(language: str, for_another: bool) -> None:
    body = text("asked", language, "email", for_another=for_another).body
    assert my_url(Contact(pk=7, name=AKIKO.name, language=language)) in body
