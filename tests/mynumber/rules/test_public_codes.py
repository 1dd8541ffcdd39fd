import pytest

from mynumber.rules.public_codes import (
    CodeNotUnderstood,
    has_valid_corporate_number,
    has_valid_local_government_code,
    restored_code,
    six_digit_code,
)
from tests.domain_vectors import VECTORS

CORPORATE = VECTORS["corporate_number"]
LOCAL = VECTORS["lg_code"]


@pytest.mark.parametrize("number", [*CORPORATE["valid"], CORPORATE["kazuno_by_formula"]])
def test_a_corporate_number_begins_with_its_check_digit(number):
    assert has_valid_corporate_number(number)


@pytest.mark.parametrize("number", CORPORATE["valid"])
def test_no_other_first_digit_fits_a_corporate_number(number):
    others = [f"{digit}{number[1:]}" for digit in range(10) if str(digit) != number[0]]

    assert not any(has_valid_corporate_number(other) for other in others)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("", id="nothing"),
        pytest.param("900002001100", id="twelve digits"),
        pytest.param("9-0000-2001-1002", id="hyphens"),
    ],
)
def test_a_corporate_number_is_thirteen_plain_digits(number):
    assert not has_valid_corporate_number(number)


@pytest.mark.parametrize("code", LOCAL["valid"])
def test_a_local_government_code_ends_in_its_check_digit(code):
    assert has_valid_local_government_code(code)
    assert six_digit_code(code[:5]) == code
    assert restored_code(code) == code


@pytest.mark.parametrize("code", LOCAL["invalid"])
def test_a_code_with_a_wrong_check_digit_is_refused(code):
    assert not has_valid_local_government_code(code)
    with pytest.raises(CodeNotUnderstood, match="check digit"):
        restored_code(code)


@pytest.mark.parametrize("code", [code for code in LOCAL["valid"] if code.startswith("0")])
def test_the_zero_a_spreadsheet_dropped_is_put_back(code):
    assert restored_code(code[1:]) == code
    assert six_digit_code(code[1:5]) == code


def test_five_digits_mean_different_places_in_different_columns():
    assert six_digit_code("11100") == "111007"
    assert restored_code("11100") == "011100"


@pytest.mark.parametrize("text", ["", "209", "052094", "0520a", "05209.0"])
def test_what_is_not_a_five_digit_code_is_refused(text):
    with pytest.raises(CodeNotUnderstood, match="Write it like 05209"):
        six_digit_code(text)


@pytest.mark.parametrize("text", ["", "5209", "0052094", "05209a"])
def test_what_is_not_a_six_digit_code_is_refused(text):
    with pytest.raises(CodeNotUnderstood, match="Write it like 052094"):
        restored_code(text)
