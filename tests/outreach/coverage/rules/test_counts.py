from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.coverage.rules.counts import CountNotUnderstood, parse_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("0", 0, id="nobody"),
        pytest.param("007", 7, id="padded with zeros"),
        pytest.param(" 57 ", 57, id="spaces around"),
        pytest.param("１２３", 123, id="full-width"),
        pytest.param("1,234", 1234, id="separator of thousands"),
        pytest.param("１，２３４，５６７", 1_234_567, id="full-width separators"),
        pytest.param("57.0", 57, id="a whole number from a program"),
        pytest.param("999999999", 999_999_999, id="nine digits"),
    ],
)
def test_a_count_is_read_however_it_is_written(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "blank", id="blank"),
        pytest.param("　", "blank", id="full-width space"),
        pytest.param("-1", "negative", id="negative"),
        pytest.param("−1", "negative", id="negative with a minus sign"),
        pytest.param("▲1", "negative", id="negative as in Japanese accounts"),
        pytest.param("12.5", "not whole", id="fraction"),
        pytest.param("1000000000", "too long", id="ten digits"),
        pytest.param("1,23", "too long|not a number", id="separator in the wrong place"),
        pytest.param("-", "not a number", id="hidden count"),
        pytest.param("x", "not a number", id="suppressed count"),
        pytest.param("1E+05", "not a number", id="rounded by a spreadsheet"),
        pytest.param("#N/A", "not a number", id="error of a formula"),
        pytest.param("5人", "not a number", id="with its unit"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(text, says):
    with pytest.raises(CountNotUnderstood, match=says):
        parse_count(text)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_every_count_survives_being_written_in_any_usual_way(count):
    assert parse_count(str(count)) == parse_count(f"{count:,}") == parse_count(f"{count}.0")


@given(st.text(max_size=20))
def test_any_text_is_either_a_count_or_refused(text):
    with suppress(CountNotUnderstood):
        assert 0 <= parse_count(text) <= 999_999_999
