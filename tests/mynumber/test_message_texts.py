"""The words of every renewal message: short enough, with a phone number, in their own language."""

import re
from datetime import date

import pytest
from django.conf import settings

from mynumber.models import Reminder
from notifications import texts
from notifications.models import Contact
from notifications.rules.sms import utf16_units

LONGEST = 134
LANGUAGES = [code for code, _ in settings.LANGUAGES]
TEXTS = [
    f"{kind}-{phase}" for kind in Reminder.Kind.values for phase in ("before", "today", "after")
]
NAME = "雪沢ハル"
READ_WITHOUT_HELP = set("年月日")
KANJI = re.compile(r"[一-鿿]+")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def render(language: str, text: str, channel: str, expires_on: date = date(2026, 12, 31)):
    return texts.render(
        contact=Contact(pk=1234567, name=NAME, language=language),
        template=f"mynumber/messages/{text}",
        channel=channel,
        context={"kind": "card", "expires_on": expires_on, "opens_on": date(2026, 11, 30)},
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", TEXTS)
def test_a_short_text_fits_two_parts_names_the_city_phone_and_nobody(language, text, settings):
    settings.CITY_PHONE = "0186-00-0100"
    longest = max(
        (render(language, text, "sms", date(2026, month, 28)).body for month in range(1, 13)),
        key=utf16_units,
    )

    assert utf16_units(longest) <= LONGEST, longest
    assert settings.CITY_PHONE in longest
    assert NAME not in longest


@pytest.mark.parametrize("text", TEXTS)
def test_a_short_text_in_japanese_is_one_part(text):
    assert utf16_units(render("ja", text, "sms").body) <= 70


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", TEXTS)
def test_a_long_text_has_a_subject_the_phone_and_the_own_link(language, text, settings):
    words = render(language, text, "email")

    assert words.language == language
    assert words.subject
    assert "\n" not in words.subject
    assert settings.CITY_PHONE in words.body
    assert f"/{language}/my/" in words.body


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("channel", ["sms", "email"])
@pytest.mark.parametrize("language", ["en", "vi", "id", "tl", "ko"])
def test_no_japanese_stands_in_texts_of_other_scripts(language, channel, text):
    words = render(language, text, channel)

    assert not JAPANESE.search(words.subject + words.body)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("channel", ["sms", "email"])
def test_easy_japanese_gives_the_reading_of_every_kanji_but_those_of_dates(channel, text):
    words = render("ja-easy", text, channel)
    written = f"{words.subject}\n{words.body}"

    for match in KANJI.finditer(written):
        if set(match[0]) <= READ_WITHOUT_HELP and written[match.start() - 1].isdigit():
            continue
        assert written[match.end()] == "（", f"no reading: {match[0]} in {written}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", TEXTS)
def test_the_expiry_stands_in_every_text(language, text):
    for channel in ("sms", "email"):
        words = render(language, text, channel)
        assert "2026" in words.subject + words.body
        assert "31" in words.subject + words.body
