import pytest

from notifications.rules.announcement_texts import (
    ENDINGS,
    TextFault,
    parts_with_code,
    sms_faults,
    unknown_variables,
)

PHONE = "0186-00-0100"


def faults(words: str, language: str = "ja") -> list[TextFault]:
    filled = words.replace("{city_phone}", PHONE)
    return sms_faults(words, filled=filled, language=language, city_phone=PHONE)


@pytest.mark.parametrize("language", ENDINGS)
def test_the_example_ending_of_each_language_says_all_that_is_needed(language):
    assert faults(ENDINGS[language], language) == []


@pytest.mark.parametrize("language", ENDINGS)
def test_an_sms_without_number_and_way_out_is_refused_in_each_language(language):
    assert faults("012345", language) == [TextFault.NO_PHONE, TextFault.NO_WAY_OUT]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("NGỪNG nhận tin {city_phone}", id="capitals"),
        pytest.param("ngu\u031b\u0300ng nhận tin {city_phone}", id="accents as signs of their own"),
    ],
)
def test_how_it_is_written_does_not_matter(words):
    assert faults(words, "vi") == []


def test_a_number_written_out_counts():
    assert faults(f"配信停止は{PHONE}") == []


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        pytest.param(129, [], id="134 units with the code"),
        pytest.param(130, [TextFault.TOO_LONG], id="135 units"),
    ],
)
def test_with_its_code_an_sms_has_two_parts_at_most(length, expected):
    ending = f"停止{PHONE}"
    words = "あ" * (length - len(ending)) + ending

    assert faults(words) == expected
    assert parts_with_code(words) == (2 if not expected else 3)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("{city_name} {my_url}", False),
        ("{name}", True),
        ("{}", True),
        ("{ city_name }", True),
        ("no braces", False),
    ],
)
def test_only_what_can_be_filled_in_stands_in_braces(words, refused):
    assert unknown_variables(words) is refused
