"""What a machine says on the telephone: short, complete, and nothing it would read out wrongly."""

import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from notifications import texts
from notifications.models import Contact
from outreach.visits.rules.time_slots import HOURS
from tests.conftest import TOKYO

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for app in ("notifications", "mynumber", "outreach")
    for file in (ROOT / app).rglob("*.voice.*.txt")
)
CLASS_OCCASIONS = (
    *("registered", "reminder", "cancelled", "news"),
    *("waiting", "offered", "offer-ended", "moved", "called-off"),
)
OCCASIONS = [
    *(f"classes/messages/{name}" for name in CLASS_OCCASIONS),
    *(
        f"reception/messages/{name}"
        for name in ("booked", "changed", "cancelled", "called-off", "reminder")
    ),
    *(
        f"visits/messages/{name}"
        for name in (
            "asked",
            "planned",
            "reminder",
            "another-day",
            "late",
            "cancelled",
            "card-arrived",
        )
    ),
    *(
        f"mynumber/messages/{kind}-{phase}"
        for kind in ("card", "certificate")
        for phase in ("before", "today", "after")
    ),
]
# A minute of speech at the pace for elderly people.
LONGEST = 300

# What a speech engine reads out sign by sign, or not at all.
UNSPEAKABLE = re.compile(r"https?:|[0-9]:[0-9]|[0-9]-[0-9]|[〜～（）()【】{}|/@＝=]|[A-Z]-")


@pytest.fixture
def context(make_session):
    session = make_session(
        starts_at=datetime(2026, 10, 22, 13, 30, tzinfo=TOKYO),
        ends_at=datetime(2026, 10, 22, 15, 0, tzinfo=TOKYO),
    )
    session.venue.name_ja_easy = "{花輪|はなわ}{市民|しみん}センター"
    session.venue.save()
    return {
        "session": session,
        "registration": SimpleNamespace(session=session, reference="C-7K3M9R", place_in_line=12),
        "offer": SimpleNamespace(ends_at=datetime(2026, 10, 20, 17, 30, tzinfo=TOKYO)),
        "appointment": SimpleNamespace(starts_at=session.starts_at, reference="M-7K3M9R"),
        "day": SimpleNamespace(venue=session.venue),
        "reference": "V-7K3M9R",
        "for_another": True,
        "moved": True,
        "visit_on": date(2026, 10, 6),
        "time_slot": "am",
        "way": "collect",
        "hours": HOURS["am"],
        "expires_on": date(2027, 1, 4),
        "opens_on": date(2026, 10, 4),
        "consent": SimpleNamespace(given_at=datetime(2026, 9, 3, tzinfo=TOKYO), how="in_person"),
    }


def spoken(path, context):
    name, _voice, language, _txt = path.name.split(".")
    template = f"{path.parents[1].name}/{path.parent.name}/{name}"
    contact = Contact(name="雪沢ハル", language=language)
    return texts.spoken(contact, template, language=language, **context)


def test_there_are_words_for_every_occasion_in_both_kinds_of_japanese():
    for occasion in OCCASIONS:
        for language in texts.SPOKEN_LANGUAGES:
            assert any(str(file).endswith(f"{occasion}.voice.{language}.txt") for file in FILES)


def test_what_is_said_is_said_in_both_kinds_of_japanese_and_no_other_language():
    stems = {str(file).rsplit(".", 2)[0] for file in FILES}
    assert {f"{stem}.{language}.txt" for stem in stems for language in texts.SPOKEN_LANGUAGES} == {
        str(file) for file in FILES
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_text_can_be_read_aloud_to_whoever_picks_up(path, context, db):
    words = spoken(path, context)

    assert words
    assert len(words) <= LONGEST
    assert not UNSPEAKABLE.search(words)
    assert all(line.endswith("。") for line in words.splitlines())
    assert "雪沢" not in words


def test_a_class_is_said_with_day_time_place_and_spelled_reference(context, db):
    path = next(file for file in FILES if file.name == "registered.voice.ja.txt")

    words = spoken(path, context)

    assert "10月22日、木曜日、午後1時30分から、場所は、はなわしみんセンターです" in words
    assert "シー、 ナナ、ケー、サン、エム、キュー、アール" in words


def test_the_telephone_of_the_city_is_spelled(context, db):
    path = next(file for file in FILES if file.name == "goodbye.voice.ja.txt")

    assert "ゼロ、イチ、ハチ、ロク" in spoken(path, context)
    assert settings.CITY_PHONE not in spoken(path, context)


def test_the_days_of_a_visit_are_said(context, db):
    path = next(file for file in FILES if file.name == "planned.voice.ja.txt")

    words = spoken(path, context)

    assert "10月6日、火曜日です" in words
