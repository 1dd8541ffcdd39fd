from datetime import date

import pytest

from outreach.desk.rules.audiences import Audience, AudienceFault, Classes, Reach

EVERYTHING = Audience(
    districts=("hanawa",),
    languages=("vi", "tl"),
    born_from=1940,
    born_to=1960,
    reach=Reach.MOBILE,
    channels=("sms",),
    classes=Classes.REGISTERED,
    courses=("smartphone-basics",),
    classes_from=date(2026, 4, 1),
    classes_to=date(2026, 9, 30),
    session=7,
)


def test_a_description_survives_being_kept():
    assert Audience.from_json(EVERYTHING.to_json()) == EVERYTHING


def test_everybody_is_kept_as_nothing():
    assert Audience().to_json() == {}
    assert Audience.from_json({}) == Audience()


@pytest.mark.parametrize(
    ("kept", "named"),
    [
        ({"distrcts": ["hanawa"]}, "distrcts"),
        ({"languages": "vi"}, "languages"),
        ({"languages": [1]}, "languages"),
        ({"born_from": "1940"}, "born_from"),
        ({"born_from": True}, "born_from"),
        ({"reach": "pigeon"}, "reach"),
        ({"classes": "often"}, "classes"),
        ({"classes_from": "1 April"}, "classes_from"),
        ({"classes_from": None}, "classes_from"),
        ({"session": "7"}, "session"),
        ({"channels": ["voice"]}, "channels"),
        ({"born_from": 1960, "born_to": 1940}, "born_to"),
        ({"classes_from": "2026-04-02", "classes_to": "2026-04-01"}, "classes_to"),
    ],
)
def test_what_nobody_can_follow_is_refused_by_name(kept, named):
    with pytest.raises(AudienceFault, match=named):
        Audience.from_json(kept)
