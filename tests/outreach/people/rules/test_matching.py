from dataclasses import replace
from datetime import date

import pytest

from outreach.people.rules.matching import Facts, Field, likeness

HARU = Facts(
    sounds=frozenset({"ユキサワハル"}),
    name_keys=frozenset({"雪沢ハル"}),
    birth_year=1944,
    birth_date=date(1944, 5, 1),
    place=("花輪", "荒田"),
    phones=frozenset({"+81186000111"}),
)
N, B, P, T = Field.NAME, Field.BIRTH, Field.PLACE, Field.PHONE
NAMELESS = {"sounds": frozenset({"ヤマセハル"}), "name_keys": frozenset({"山瀬ハル"})}
YEAR = {"birth_date": None}
UNBORN = {"birth_date": None, "birth_year": None}
OTHER_YEAR = {"birth_date": None, "birth_year": 1951}
ELSEWHERE = {"place": ("花輪", "上花輪")}
NO_PLACE = {"place": None}
NO_PHONE = {"phones": frozenset()}


@pytest.mark.parametrize(
    ("changes", "agreeing"),
    [
        pytest.param({}, {N, B, P, T}, id="all"),
        pytest.param({"name_keys": frozenset({"雪沢春"})}, {N, B, P, T}, id="by reading"),
        pytest.param({"sounds": frozenset()}, {N, B, P, T}, id="by writing"),
        pytest.param({**UNBORN, **NO_PLACE, **NO_PHONE}, {N}, id="a namesake"),
        pytest.param({**YEAR, **ELSEWHERE, **NO_PHONE}, {N, B}, id="a namesake of one year"),
        pytest.param({**OTHER_YEAR}, {N, P, T}, id="a misheard year"),
        pytest.param({**NAMELESS}, {B, P, T}, id="another name after marriage, by the day"),
        pytest.param({**OTHER_YEAR, **NO_PHONE}, None, id="a namesake next door of another year"),
        pytest.param({**OTHER_YEAR, **NO_PLACE, **NO_PHONE}, None, id="born in another year"),
        pytest.param({**NAMELESS, **YEAR}, None, id="man and wife of one year"),
        pytest.param({**NAMELESS, **UNBORN}, None, id="the household"),
        pytest.param({**NAMELESS, **UNBORN, **NO_PLACE}, None, id="the telephone alone"),
        pytest.param({**NAMELESS, **NO_PLACE}, None, id="telephone and birthday"),
        pytest.param({**NAMELESS, **NO_PLACE, **NO_PHONE}, None, id="the birthday alone"),
    ],
)
def test_what_agrees_is_told_where_it_is_enough(changes, agreeing):
    found = likeness(replace(HARU, **changes), HARU)

    assert (found and set(found.agreeing)) == agreeing


def test_three_of_four_make_it_likely():
    assert likeness(replace(HARU, **NO_PHONE), HARU).is_likely
    assert not likeness(replace(HARU, **NO_PLACE, **NO_PHONE), HARU).is_likely


def test_nothing_told_is_like_nobody():
    assert likeness(Facts(), HARU) is None
    assert likeness(Facts(), Facts()) is None
