import pytest

from outreach.coverage.rules.age_bands import (
    ALL_AGES,
    EVERYBODY,
    OLDEST,
    AgeBand,
    BandNotUnderstood,
    overlapping,
    parse_age_band,
)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        pytest.param("0-4", AgeBand(0, 4), id="as in our own files"),
        pytest.param("0～4歳", AgeBand(0, 4), id="full-width tilde"),
        pytest.param("0〜4歳", AgeBand(0, 4), id="wave dash"),
        pytest.param("０－４歳", AgeBand(0, 4), id="full-width digits and hyphen"),
        pytest.param(" 80 – 84 歳 ", AgeBand(80, 84), id="spaces and an en dash"),
        pytest.param("80歳-84歳", AgeBand(80, 84), id="歳 twice"),
        pytest.param("85以上", AgeBand(85, OLDEST), id="open band"),
        pytest.param("85歳以上", AgeBand(85, OLDEST), id="open band with 歳"),
        pytest.param("85～", AgeBand(85, OLDEST), id="open band with a tilde"),
        pytest.param("85+", AgeBand(85, OLDEST), id="open band with a plus"),
        pytest.param("7歳", AgeBand(7, 7), id="a single year"),
        pytest.param("120", AgeBand(120, 120), id="the oldest there can be"),
        pytest.param("計", EVERYBODY, id="all ages"),
        pytest.param("総数", EVERYBODY, id="all ages, as statistics say it"),
    ],
)
def test_an_age_band_is_read_however_it_is_written(text, band):
    assert parse_age_band(text) == band


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "blank", id="blank"),
        pytest.param("不詳", "not an age band", id="unknown age"),
        pytest.param("9-5", "ends before it begins", id="backwards"),
        pytest.param("5-121", "beyond 120", id="too old"),
        pytest.param("2026-05-09", "into a date", id="what Excel makes of 5-9"),
        pytest.param("5月9日", "into a date", id="what Excel makes of 5-9 in CSV"),
        pytest.param("-4", "not an age band", id="no beginning"),
    ],
)
def test_what_is_no_age_band_is_refused_with_the_reason(text, says):
    with pytest.raises(BandNotUnderstood, match=says):
        parse_age_band(text)


def test_all_ages_begin_before_the_first_year():
    assert EVERYBODY.first == ALL_AGES == -1


@pytest.mark.parametrize(
    ("bands", "found"),
    [
        pytest.param(["0-4", "5-9", "10以上"], None, id="a division"),
        pytest.param(["0-4", "10-14"], None, id="a gap is no overlap"),
        pytest.param(["0-4", "0-4", "5-9"], None, id="the same band twice"),
        pytest.param(["計", "0-4"], None, id="all ages beside a band"),
        pytest.param(["0-4", "4-9"], ((0, 4), (4, 9)), id="one year in both"),
        pytest.param(["0-4", "0-14"], ((0, 4), (0, 14)), id="same beginning"),
        pytest.param(["85以上", "80以上"], ((80, 120), (85, 120)), id="two open bands"),
    ],
)
def test_bands_that_count_the_same_people_are_found(bands, found):
    assert overlapping(map(parse_age_band, bands)) == found
