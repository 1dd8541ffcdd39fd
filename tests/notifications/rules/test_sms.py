import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules.sms import sms_parts, utf16_units
from tests.domain_vectors import VECTORS


@pytest.mark.parametrize(("units", "parts"), VECTORS["sms_ucs2_segments"])
def test_a_text_of_so_many_units_costs_the_parts_of_the_vectors(units, parts):
    assert sms_parts("届" * units) == parts


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("届け", 2, id="kanji and kana"),
        pytest.param("abc\n", 4, id="ascii with a line end"),
        pytest.param("𠮷田", 3, id="a rare kanji in a name"),
        pytest.param("📱", 2, id="an emoji"),
        pytest.param("が", 1, id="a composed kana"),
        pytest.param("か\u3099", 2, id="a kana with a combining mark"),
    ],
)
def test_units_are_those_of_utf16(text, units):
    assert utf16_units(text) == units


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("", 1, id="an empty text"),
        pytest.param("𠮷" * 35, 1, id="35 rare kanji fill one part"),
        pytest.param("𠮷" * 35 + "。", 2, id="one unit more"),
        pytest.param("𠮷" * 67, 2, id="67 rare kanji fill two parts"),
        pytest.param("a" * 140, 3, id="latin letters count like kanji"),
    ],
)
def test_parts_are_counted_in_units_and_not_in_characters(text, parts):
    assert sms_parts(text) == parts


@given(text=st.text(max_size=300))
def test_units_agree_with_pythons_utf16_codec(text):
    assert utf16_units(text) == len(text.encode("utf-16-le")) // 2


@given(text=st.text(max_size=300), more=st.text(max_size=100))
def test_a_longer_text_never_costs_less(text, more):
    assert sms_parts(text + more) >= sms_parts(text)
