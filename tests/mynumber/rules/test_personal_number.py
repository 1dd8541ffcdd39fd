import pytest
from hypothesis import given
from hypothesis import strategies as st

from mynumber.rules.personal_number import contains_personal_number, has_valid_check_digit
from tests.domain_vectors import VECTORS

NUMBERS = VECTORS["my_number_check_digit"]
COLLISIONS = [
    *NUMBERS["collides_with_e164_mobile_without_plus"],
    *NUMBERS["collides_with_timestamp_YYYYMMDDhhmm"],
]


@pytest.mark.parametrize("digits", NUMBERS["valid"])
def test_a_valid_number_passes_and_is_found(digits):
    assert has_valid_check_digit(digits)
    assert contains_personal_number(digits)


@pytest.mark.parametrize("digits", NUMBERS["invalid"])
def test_a_wrong_check_digit_is_not_a_personal_number(digits):
    assert not has_valid_check_digit(digits)
    assert not contains_personal_number(digits)


@pytest.mark.parametrize("digits", COLLISIONS)
def test_mobiles_without_plus_and_time_stamps_that_collide_are_refused_as_documented(digits):
    assert contains_personal_number(digits)


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("", id="nothing"),
        pytest.param("12345678901", id="eleven digits"),
        pytest.param("1234567890188", id="thirteen digits"),
        pytest.param("1234 5678 9018", id="spaces"),
        pytest.param("１２３４５６７８９０１８", id="full width"),
        pytest.param("123456789018\n", id="line end"),
        pytest.param("12345678901x", id="a letter"),
    ],
)
def test_the_check_digit_is_asked_of_twelve_plain_digits_only(digits):
    assert not has_valid_check_digit(digits)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("番号は123456789018です", id="inside a sentence"),
        pytest.param("1234 5678 9018", id="three groups"),
        pytest.param("1234-5678-9018", id="hyphens"),
        pytest.param("１２３４－５６７８－９０１８", id="full width"),
        pytest.param("1234‐5678‐9018", id="U+2010"),
        pytest.param("1234‑5678‑9018", id="non-breaking hyphen"),
        pytest.param("1234–5678—9018", id="dashes"),
        pytest.param("1234−5678−9018", id="minus signs"),
        pytest.param("1234ー5678ｰ9018", id="long vowel marks"),
        pytest.param("1234・5678･9018", id="middle dots"),
        pytest.param("1234.5678．9018", id="full stops"),
        pytest.param("1234─5678━9018", id="box lines"),
        pytest.param("1234　5678\u00a09018", id="wide and no-break spaces"),
        pytest.param("1234\u200b5678\u200d9018", id="invisible joiners"),
        pytest.param("1234\n5678\n9018", id="line by line"),
        pytest.param("1 2 3 4 5 6 7 8 9 0 1 8", id="digit by digit"),
        pytest.param("1234 - 5678 - 9018", id="several separators"),
        pytest.param("①②③④⑤⑥⑦⑧⑨018", id="circled digits"),
    ],
)
def test_a_number_is_found_however_it_is_written(text):
    assert contains_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("0186-30-0203 123456789018", id="after a phone number"),
        pytest.param("123456789018 090-1234-5678", id="before a phone number"),
        pytest.param("0186-30-0203 1234-5678-9018", id="grouped, after a phone number"),
        pytest.param("1234 5678 9018 0186-30-0203", id="grouped, before a phone number"),
        pytest.param("0186-30-0203 1234 5678 9018", id="in other groups, after a phone number"),
        pytest.param("1. 123456789018", id="as a list item"),
        pytest.param("1. 1234 5678 9018", id="grouped, as a list item"),
    ],
)
def test_a_number_does_not_hide_beside_another_one(text):
    assert contains_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("4月1日 12:00 コモッセ 2階 305号室 定員 12 名", id="a class notice"),
        pytest.param("0186-30-0203", id="a landline"),
        pytest.param("090-1234-5678", id="a mobile"),
        pytest.param("+819012345673", id="a mobile with plus that collides"),
        pytest.param("＋81 90-1234-5673", id="the same, written wide"),
        pytest.param("12345678901801", id="fourteen digits that begin like one"),
        pytest.param("9000020011002", id="a corporate number"),
        pytest.param("1-1234-5678-9018", id="a corporate number in groups"),
        pytest.param("1234 5678 9018 0000", id="a bank card in groups"),
        pytest.param("123456,789018", id="a comma is no separator"),
        pytest.param("2026/04/01 00:06", id="a date with time"),
    ],
)
def test_everyday_numbers_are_left_alone(text):
    assert not contains_personal_number(text)


def test_the_plus_of_another_country_excuses_nothing():
    assert contains_personal_number("+123456789018")


@given(
    digits=st.sampled_from(NUMBERS["valid"]),
    gaps=st.lists(
        st.sampled_from(["", " ", "-", "　", "ー", "・", " - "]), min_size=11, max_size=11
    ),
    before=st.text("あア漢 。、:", max_size=10),
    after=st.text("あア漢 。、:", max_size=10),
)
def test_any_mixture_of_separators_is_seen_through(digits, gaps, before, after):
    written = digits[0] + "".join(gap + digit for gap, digit in zip(gaps, digits[1:], strict=True))

    assert contains_personal_number(before + written + after)


@given(body=st.text("0123456789", min_size=11, max_size=11))
def test_exactly_one_check_digit_fits_a_body(body):
    assert sum(has_valid_check_digit(f"{body}{digit}") for digit in range(10)) == 1


@given(text=st.text())
def test_texts_without_twelve_digits_never_hold_a_number(text):
    without_digits = "".join(character for character in text if not character.isnumeric())

    assert not contains_personal_number(without_digits)
