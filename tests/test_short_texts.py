"""Every SMS in every language as it leaves, with its code: how long, and what it holds.

An SMS of Japanese, Chinese or Korean is meant to be one part of 70 units. The ones that are not
stand in LONGER, each with what it would otherwise leave out; none is over two parts.
"""

import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from notifications import texts
from notifications.models import Contact
from notifications.rules.codes import with_code
from notifications.rules.sms import SINGLE_PART_UNITS, sms_parts, utf16_units
from outreach.places.models import Venue
from tests.conftest import TOKYO
from tests.outreach.classes.test_messages import LONGEST_VENUE

ROOT = Path(__file__).parent.parent
TWO_PARTS = 134
CODE = "W9W9"
# Languages that say a sentence in few signs.
COMPACT = ("ja", "ja-easy", "zh-hans", "ko")
NAME = "NGUYEN THI PHUONG THAO"
SHORT = re.compile(
    r"(?P<app>outreach/\w+|mynumber|cms|maps)/templates/(?P<path>.+)\.short\.ja\.txt"
)
# What tells a reader how to end messages they agreed to: the reader's own word for it.
HOW_TO_STOP = {
    "ja": ("停止",),
    "ja-easy": ("やめ",),
    "en": ("stop",),
    "zh-hans": ("停止",),
    "vi": ("ngừng",),
    "id": ("stop",),
    "tl": ("stop", "ihinto"),
    "ko": ("중지", "거부"),
}
# A Tuesday at the end of the year: two digits everywhere, long names of day and month.
SESSION = SimpleNamespace(
    starts_at=datetime(2026, 12, 22, 10, 30, tzinfo=TOKYO),
    ends_at=datetime(2026, 12, 22, 12, 0, tzinfo=TOKYO),
    venue=Venue(**{f"name_{code}": name for code, name in LONGEST_VENUE.items()}),
)
CLASS = {
    "session": SESSION,
    "registration": SimpleNamespace(reference="C-WWWWWW", place_in_line=12),
    "offer": SimpleNamespace(ends_at=datetime(2026, 12, 20, 10, 30, tzinfo=TOKYO)),
}
APPOINTMENT = {
    "appointment": SimpleNamespace(starts_at=SESSION.starts_at, reference="M-WWWWWW"),
    "day": SimpleNamespace(venue=SESSION.venue),
}
VISIT = {
    "reference": "V-WWWWWW",
    "for_another": True,
    "visit_on": date(2026, 12, 23),
    "starts": "13:00",
    "ends": "16:30",
    "time_slot": "pm",
    "moved": True,
    "way": "posted",
    "count": 100,
}
RENEWAL = {"kind": "card", "expires_on": date(2026, 12, 31), "opens_on": date(2026, 11, 30)}
# By the folder of the texts: the longest values that are likely. A new text without values fails.
VALUES = {
    "classes": CLASS,
    "reception": APPOINTMENT,
    "visits": VISIT,
    "mynumber": RENEWAL,
    "desk": {},
}
# Texts of purposes people agreed to, which therefore say how to end them.
AGREED = re.compile(r"classes/messages/news|mynumber/messages/")

READINGS = "easy Japanese gives the reading of the day and of the place"
PLACE = "day, hour, place and reference, none of which can be left out"
LINK = "the signed link takes most of one part or all of it"
MEANING = "the hard word is kept, with its meaning in brackets"
LONGER = {
    ("classes/messages/registered", "ja-easy"): READINGS,
    ("classes/messages/reminder", "ja-easy"): READINGS,
    ("classes/messages/cancelled", "ja-easy"): READINGS,
    ("classes/messages/news", "ja-easy"): READINGS,
    ("classes/messages/registered", "ko"): PLACE,
    ("classes/messages/reminder", "ko"): PLACE,
    ("classes/messages/moved", "ja-easy"): READINGS,
    ("classes/messages/moved", "ko"): PLACE,
    **{("classes/messages/offered", language): LINK for language in COMPACT},
    **{
        (f"reception/messages/{name}", "ja-easy"): READINGS
        for name in ("booked", "changed", "cancelled", "called-off", "reminder")
    },
    **{(f"reception/messages/{name}", "ko"): PLACE for name in ("booked", "changed", "reminder")},
    **{("desk/messages/own-link", language): LINK for language in COMPACT},
    ("mynumber/messages/card-before", "ja-easy"): MEANING,
    ("mynumber/messages/certificate-before", "ja-easy"): MEANING,
    ("mynumber/messages/certificate-today", "ja-easy"): MEANING,
    ("mynumber/messages/certificate-after", "ja-easy"): MEANING,
    **{("visits/messages/planned", language): LINK for language in COMPACT},
}


def found() -> list[str]:
    paths = (str(path.relative_to(ROOT)) for path in ROOT.glob("*/**/*.short.ja.txt"))
    return sorted(match["path"] for path in paths if (match := SHORT.search(path)))


TEMPLATES = found()
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def leaves_as(template: str, language: str) -> str:
    text = texts.render(
        contact=Contact(pk=1234567, name=NAME, language=language),
        template=template,
        channel="sms",
        context=VALUES[template.split("/")[0]],
    )
    assert text.language == language, "there is no text in this language"
    return with_code(text.body, CODE)


@pytest.fixture(autouse=True)
def _a_city_of_its_own(settings):
    settings.CITY_PHONE = "0186-30-0203"
    settings.SITE_URL = "https://todoke.city.kazuno.lg.jp"


def test_the_texts_are_found():
    assert len(TEMPLATES) >= 14
    assert {template.split("/")[0] for template in TEMPLATES} == set(VALUES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_an_sms_is_never_over_two_parts(template, language):
    body = leaves_as(template, language)

    assert utf16_units(body) <= TWO_PARTS, body
    assert sms_parts(body) <= 2


@pytest.mark.parametrize("language", COMPACT)
@pytest.mark.parametrize("template", TEMPLATES)
def test_an_sms_in_a_compact_language_is_one_part_unless_it_is_listed(template, language):
    body = leaves_as(template, language)

    # Both ways: a listed text that has become short enough is taken off the list.
    assert (utf16_units(body) > SINGLE_PART_UNITS) is ((template, language) in LONGER), body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_an_sms_holds_the_telephone_and_nobodys_name(template, language, settings):
    body = leaves_as(template, language)

    assert settings.CITY_PHONE in body
    assert not any(part in body.upper() for part in NAME.split())
    assert "\n" not in body
    assert not re.search(r"\d{12}|[{}]", body.replace(settings.SITE_URL, ""))
    assert body.endswith(f" {CODE}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", [one for one in TEMPLATES if AGREED.match(one)])
def test_an_sms_somebody_agreed_to_says_how_to_end_them(template, language):
    ways = HOW_TO_STOP[language]

    assert any(way in leaves_as(template, language) for way in ways), ways


def test_an_sms_over_two_parts_would_be_seen():
    """The control of this file: the measure counts what the templates could grow to."""
    grown = leaves_as("classes/messages/news", "tl") + "m" * 10

    assert sms_parts(grown) == 3
