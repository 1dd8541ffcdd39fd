import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.visits.rules.pasted_people import (
    COLUMNS,
    as_text,
    from_text,
    language_of,
    read_pasted,
)

HARU = {
    "name": "雪沢ハル",
    "kana": "ユキサワハル",
    "born": "S19.5.1",
    "language": "",
    "notes": "午前",
}


@pytest.mark.parametrize(
    "pasted",
    [
        pytest.param("雪沢ハル\tユキサワハル\tS19.5.1\t\t午前", id="tabs"),
        pytest.param("雪沢ハル,ユキサワハル,S19.5.1,,午前", id="commas"),
        pytest.param('"雪沢ハル","ユキサワハル","S19.5.1","","午前"\r\n', id="quoted"),
        pytest.param(
            "氏名\tフリガナ\t生年月日\t備考\n雪沢ハル\tユキサワハル\tS19.5.1\t午前", id="headings"
        ),
        pytest.param(
            "備考,生年月日,お名前,ふりがな\n午前,S19.5.1,雪沢ハル,ユキサワハル", id="other order"
        ),
        pytest.param("\n\n雪沢ハル\tユキサワハル\tS19.5.1\t\t午前\n\t\t\n", id="empty lines"),
    ],
)
def test_a_table_is_read_however_it_is_pasted(pasted: str) -> None:
    assert read_pasted(pasted) == [HARU]


def test_what_has_no_column_becomes_a_note() -> None:
    headed = read_pasted("氏名,居室,備考\n雪沢ハル,203,午前")
    assert headed[0]["notes"] == "居室: 203 午前"
    bare = read_pasted("雪沢ハル,,,,午前,2階")
    assert bare[0]["notes"] == "午前 2階"


def test_a_list_of_names_alone_is_a_list_of_people() -> None:
    assert [row["name"] for row in read_pasted("雪沢ハル\n山瀬蓮")] == ["雪沢ハル", "山瀬蓮"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ベトナム語", "vi"),
        ("Tiếng Việt", "vi"),
        ("EN", "en"),
        ("zh-hans", "zh-hans"),
        ("", ""),
        ("火星語", None),
    ],
)
def test_a_language_is_known_by_its_names(written: str, code: str | None) -> None:
    assert language_of(written) == code


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_nothing_pasted_breaks_and_no_word_is_lost(pasted: str) -> None:
    rows = read_pasted(pasted.replace('"', ""))
    assert all(set(row) == set(COLUMNS) for row in rows)
    assert from_text(as_text(rows)) == [row for row in rows if any(row.values())]


@pytest.mark.parametrize("damaged", ["[", "{}", "7", '["x"]', ""])
def test_a_damaged_text_holds_nobody(damaged: str) -> None:
    assert from_text(damaged) == []
