import pytest

from outreach.coverage.rules.district_codes import CodeNotKnown, DistrictCodes, same_name

CODES = DistrictCodes(
    leaves=["05209001000", "05209001001", "052090020", "01", "001", "9000", "08"],
    parents=["052090010", "0008"],
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("05209001000", "05209001000", id="as in the boundaries"),
        pytest.param("０５２０９００２０", "052090020", id="full-width"),
        pytest.param(" 052090020 ", "052090020", id="spaces around"),
        pytest.param("5209001000", "05209001000", id="lost its zero"),
        pytest.param("52090020", "052090020", id="a shorter one lost its zero"),
        pytest.param("5209001000.0", "05209001000", id="a number of a program"),
        pytest.param("01", "01", id="written in full, though another differs by zeros"),
        pytest.param("9000", "9000", id="without a leading zero of its own"),
    ],
)
def test_a_code_is_found_and_a_lost_zero_restored(text, code):
    assert CODES.resolve(text) == code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "blank", id="blank"),
        pytest.param("999", "No district", id="unknown"),
        pytest.param("005209001000", "No district", id="more zeros than the town writes"),
        pytest.param("05209", "No district", id="the town itself"),
        pytest.param("1", "fits more than one", id="could be 01 or 001"),
        pytest.param("8", "fits more than one", id="could be a part or a parent"),
        pytest.param("052090010", "has parts", id="a parent"),
        pytest.param("52090010", "has parts", id="a parent that lost its zero"),
        pytest.param("5.209E+09", "rounded", id="rounded by a spreadsheet"),
    ],
)
def test_other_codes_are_refused_with_the_reason(text, says):
    with pytest.raises(CodeNotKnown, match=says):
        CODES.resolve(text)


@pytest.mark.parametrize(
    ("written", "known", "same"),
    [
        pytest.param("花輪字荒田", "花輪字荒田", True, id="the same"),
        pytest.param("花輪 字荒田", "花輪字荒田", True, id="a space"),
        pytest.param("八幡平ﾊﾁﾏﾝ", "八幡平ハチマン", True, id="half-width kana"),
        pytest.param("松ヶ崎", "松ケ崎", True, id="small ke"),
        pytest.param("古舘", "古館", True, id="old kanji"),
        pytest.param("一の渡", "一ノ渡", True, id="no in kana"),
        pytest.param("花輪字荒田", "花輪", False, id="only the beginning"),
        pytest.param("尾去沢", "八幡平", False, id="another place"),
    ],
)
def test_names_agree_apart_from_spelling(written, known, same):
    assert same_name(written, known) is same
