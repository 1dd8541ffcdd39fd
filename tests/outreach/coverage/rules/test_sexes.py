import pytest

from outreach.coverage.rules.sexes import BOTH, FEMALE, MALE, SexNotUnderstood, parse_sex


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("男", MALE),
        ("男性", MALE),
        ("女", FEMALE),
        (" 女性 ", FEMALE),
        ("計", BOTH),
        ("総数", BOTH),
        ("男女計", BOTH),
    ],
)
def test_a_sex_is_read_in_the_words_of_statistics(text, sex):
    assert parse_sex(text) == sex


@pytest.mark.parametrize("text", ["", "M", "1", "男女", "不明"])
def test_other_words_are_refused(text):
    with pytest.raises(SexNotUnderstood, match="男, 女 or 計"):
        parse_sex(text)
