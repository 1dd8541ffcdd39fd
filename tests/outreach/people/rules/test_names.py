import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.people.rules.names import as_katakana, comparable, is_kana, tidy_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("雪沢ハル", "雪沢　ハル", id="a space between the names"),
        pytest.param("ユキサワハル", "ゆきさわ はる", id="kind of kana"),
        pytest.param("ユキサワハル", "ﾕｷｻﾜ ﾊﾙ", id="half-width kana"),
        pytest.param("バーバラ", "ﾊﾞｰﾊﾞﾗ", id="voiced half-width kana"),
        pytest.param("TRAN THI LINH", "Tran Thi Linh", id="capitals"),
        pytest.param("TRAN THI LINH", "Trần Thị Linh", id="accents"),
        pytest.param("Dang Van Duc", "Đặng Văn Đức", id="a letter with a stroke"),
        pytest.param("ＬＩ　ＮＡ", "Li Na", id="full width"),
    ],
)
def test_spellings_of_one_name_are_recognised(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ハル", "バル", id="a voiced sound is another one"),
        pytest.param("山瀬明子", "山瀬朋子", id="another kanji"),
        pytest.param("LI NA", "LI NAN", id="a letter more"),
        pytest.param("", "ハル", id="nothing"),
    ],
)
def test_different_names_stay_different(one, other):
    assert comparable(one) != comparable(other)


def test_a_name_is_kept_as_written_but_for_its_spaces():
    assert tidy_name(" 髙﨑　 花子\n") == "髙﨑 花子"


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        pytest.param("ゆきさわ　はる", "ユキサワ ハル", id="hiragana"),
        pytest.param("ﾕｷｻﾜ ﾊﾞﾙ", "ユキサワ バル", id="half-width"),
        pytest.param("ユキサワ", "ユキサワ", id="already katakana"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_reading_is_kept_in_full_width_katakana(written, reading):
    assert as_katakana(written) == reading
    assert is_kana(reading)


@pytest.mark.parametrize("written", ["雪沢", "Haru", "ハル3"])
def test_what_is_not_kana_is_no_reading(written):
    assert not is_kana(as_katakana(written))


KANA_AND_LATIN = "あいうえおがぱんアイウエオガパンーabcXYZéđ 　"


@given(written=st.text(alphabet=KANA_AND_LATIN))
def test_what_is_compared_is_already_in_its_simplest_form(written):
    simple = comparable(written)

    assert comparable(simple) == simple
    assert comparable(f" {written.upper()}　") == simple
