import pytest
from hypothesis import given
from hypothesis import strategies as st

from mynumber.rules.forbidden_numbers import MASK, ForbiddenNumber, forbidden_numbers, masked

APPLICATION_ID = "12345678901234567890123"

awkward_texts = st.lists(
    st.sampled_from(
        ["123456789018", "1234 5678 9018", APPLICATION_ID, "AB12345678CD", "ab12345678cd"]
        + [
            "0186-30-0203",
            "+81",
            "1",
            "9018",
            "0000",
            " ",
            "-",
            "　",
            "１",
            "㍻",
            "①",
            "\n",
            "AB",
            "です",
        ]
    ),
    max_size=15,
).map("".join)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("番号 1234 5678 9018", {ForbiddenNumber.PERSONAL_NUMBER}, id="personal"),
        pytest.param("AB12345678CD", {ForbiddenNumber.RESIDENCE_CARD_NUMBER}, id="residence card"),
        pytest.param(
            "ＡＢ１２３４５６７８ＣＤ", {ForbiddenNumber.RESIDENCE_CARD_NUMBER}, id="full width"
        ),
        pytest.param("AB 1234 5678 CD", {ForbiddenNumber.RESIDENCE_CARD_NUMBER}, id="in groups"),
        pytest.param("ab12345678cd", {ForbiddenNumber.RESIDENCE_CARD_NUMBER}, id="small letters"),
        pytest.param(
            "在留AB12345678CDです", {ForbiddenNumber.RESIDENCE_CARD_NUMBER}, id="in Japanese"
        ),
        pytest.param(APPLICATION_ID, {ForbiddenNumber.APPLICATION_ID}, id="application"),
        pytest.param(
            "1234-5678-9012-3456-7890-123",
            {ForbiddenNumber.APPLICATION_ID},
            id="grouped application",
        ),
        pytest.param(f"1. {APPLICATION_ID}", {ForbiddenNumber.APPLICATION_ID}, id="list item"),
        pytest.param(
            f"123456789018、AB12345678CD、{APPLICATION_ID}", set(ForbiddenNumber), id="all at once"
        ),
    ],
)
def test_each_kind_is_named(text, kinds):
    assert forbidden_numbers(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Come on 2026-04-01 at noon.", id="a date between English words"),
        pytest.param("XAB12345678CD", id="three letters before"),
        pytest.param("AB1234567CD", id="seven digits"),
        pytest.param("AB123456789CD", id="nine digits"),
        pytest.param("1" * 22, id="22 digits"),
        pytest.param("1" * 24, id="24 digits"),
        pytest.param("電話 0186-30-0203、090-1234-5678", id="phone numbers"),
        pytest.param("暗証番号は4けた", id="words about a PIN"),
    ],
)
def test_other_texts_pass_unchanged(text):
    assert forbidden_numbers(text) == frozenset()
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            "番号は１２３４ ５６７８ ９０１８です。", f"番号は{MASK}です。", id="wide groups"
        ),
        pytest.param("㍿ｶﾞ 123456789018 ｶﾞ", f"㍿ｶﾞ {MASK} ｶﾞ", id="the rest stays as written"),
        pytest.param("AB12345678CD と123456789018", f"{MASK} と{MASK}", id="two numbers"),
        pytest.param("123456789018 123456789018", f"{MASK} {MASK}", id="side by side"),
        pytest.param(
            "0186-30-0203 123456789018", f"0186-30-0203 {MASK}", id="the phone number stays"
        ),
        pytest.param(f"ID:{APPLICATION_ID}", f"ID:{MASK}", id="application"),
        pytest.param(
            "12345-6789018 123456789018", f"{MASK} {MASK}", id="what is left is read again"
        ),
    ],
)
def test_a_forbidden_number_is_blotted_out_and_nothing_else(text, shown):
    assert masked(text) == shown


@given(text=st.one_of(st.text(), awkward_texts))
def test_a_masked_text_holds_nothing_forbidden(text):
    assert forbidden_numbers(masked(text)) == frozenset()


@given(text=st.one_of(st.text(), awkward_texts))
def test_a_text_is_changed_exactly_when_something_is_found(text):
    assert (masked(text) != text) == bool(forbidden_numbers(text))
