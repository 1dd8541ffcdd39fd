from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mynumber.rules.wareki import (
    ERAS,
    DateFault,
    DateNotUnderstood,
    fiscal_year,
    fiscal_year_label,
    parse_japanese_date,
    wareki,
    wareki_year,
)
from tests.domain_vectors import VECTORS

JANUARY_31 = date(2026, 1, 31)

days = st.dates(min_value=date(1873, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(("day", "year"), VECTORS["wareki"])
def test_a_day_lies_in_the_era_year_of_the_vectors(day, year):
    assert wareki_year(date.fromisoformat(day)) == year


@pytest.mark.parametrize(("day", "label"), VECTORS["fiscal_year"])
def test_a_day_lies_in_the_fiscal_year_of_the_vectors(day, label):
    assert fiscal_year_label(date.fromisoformat(day)) == label


@pytest.mark.parametrize(
    ("day", "label"),
    [
        pytest.param("1989-01-08", "昭和63年度", id="a change in January leaves the name"),
        pytest.param("1989-04-01", "平成元年度", id="the first full year"),
        pytest.param("2020-03-31", "平成31年度/令和元年度", id="the last day of a divided year"),
        pytest.param("1926-04-01", "大正15年度/昭和元年度", id="a change in December"),
    ],
)
def test_a_fiscal_year_bears_both_names_when_an_era_begins_before_new_year(day, label):
    assert fiscal_year_label(date.fromisoformat(day)) == label


@pytest.mark.parametrize(
    ("day", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2027-03-31", 2026)]
)
def test_the_fiscal_year_begins_in_april(day, year):
    assert fiscal_year(date.fromisoformat(day)) == year


def test_a_date_is_written_as_in_official_letters():
    assert wareki(JANUARY_31) == "令和8年1月31日"
    assert wareki(date(2019, 5, 1)) == "令和元年5月1日"
    assert wareki(date(1873, 1, 1)) == "明治6年1月1日"


def test_days_of_the_old_calendar_are_refused():
    with pytest.raises(ValueError, match="before 1873"):
        wareki(date(1872, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026/1/31",
        "2026.1.31",
        "2026年1月31日",
        "2026年01月31日",
        "2026年1月31",
        "20260131",
        "令和8年1月31日",
        "令和８年１月３１日",
        "令和 8 年 1 月 31 日",
        "令8.1.31",
        "㋿8年1月31日",
        "R8.1.31",
        "r8/1/31",
        "R08-01-31",
        "Ｒ８．１．３１",
        "２０２６／１／３１",
        "２０２６－０１－３１",
        "2026‐01‐31",
        "2026−1−31",
        "2026ー1ー31",
        " 2026 / 1 / 31　",
    ],
)
def test_one_day_is_understood_in_every_way_of_writing(text):
    assert parse_japanese_date(text) == JANUARY_31


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("令和元年5月1日", "2019-05-01", id="令和 begins"),
        pytest.param("R元.5.1", "2019-05-01", id="元 after a letter"),
        pytest.param("R1.5.1", "2019-05-01", id="1 for 元"),
        pytest.param("H31/4/30", "2019-04-30", id="平成 ends"),
        pytest.param("平成元年1月8日", "1989-01-08", id="平成 begins"),
        pytest.param("昭和64年1月7日", "1989-01-07", id="昭和 ends"),
        pytest.param("S1.12.25", "1926-12-25", id="昭和 begins"),
        pytest.param("大正15年12月24日", "1926-12-24", id="大正 ends"),
        pytest.param("T元.7.30", "1912-07-30", id="大正 begins"),
        pytest.param("明治45年7月29日", "1912-07-29", id="明治 ends"),
        pytest.param("昭和23年2月29日", "1948-02-29", id="a leap day"),
    ],
)
def test_eras_are_understood_up_to_their_boundaries(text, day):
    assert parse_japanese_date(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("平成40年1月1日", id="平成 has no year 40"),
        pytest.param("H31.5.1", id="the day after 平成"),
        pytest.param("令和元年4月30日", id="the day before 令和"),
        pytest.param("昭和64年1月8日", id="the day after 昭和"),
        pytest.param("大正15年12月25日", id="the day after 大正"),
        pytest.param("R0.1.1", id="no year 0"),
        pytest.param("明治5年1月1日", id="the old calendar"),
    ],
)
def test_a_day_outside_its_era_is_refused(text):
    with pytest.raises(DateNotUnderstood, match="does not lie in the era") as refusal:
        parse_japanese_date(text)
    assert refusal.value.fault is DateFault.OUTSIDE_ERA


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2026/13/1", "令和8年4月31日", "20260230", "0000-1-1"]
)
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(DateNotUnderstood, match="no such day") as refusal:
        parse_japanese_date(text)
    assert refusal.value.fault is DateFault.NO_SUCH_DAY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("未定", id="a word"),
        pytest.param("8.1.31", id="a year without its era"),
        pytest.param("26/1/31", id="two digits of a year"),
        pytest.param("2026-1/31", id="two kinds of mark"),
        pytest.param("2026 1 31", id="spaces only"),
        pytest.param("2026-01", id="no day"),
        pytest.param("202601310", id="nine digits"),
        pytest.param("X8.1.31", id="an unknown era"),
        pytest.param("元8.1.31", id="元 is no era"),
        pytest.param("2026-01-31\n2026-02-01", id="two dates"),
    ],
)
def test_what_is_not_a_date_is_refused_with_an_example(text):
    with pytest.raises(DateNotUnderstood, match="Write it like") as refusal:
        parse_japanese_date(text)
    assert refusal.value.fault is DateFault.UNREADABLE


def test_a_refusal_does_not_repeat_what_was_typed():
    with pytest.raises(DateNotUnderstood) as refusal:
        parse_japanese_date("1234 5678 9018")
    assert "5678" not in str(refusal.value)


@given(day=days)
def test_every_day_written_in_wareki_is_read_back(day):
    assert parse_japanese_date(wareki(day)) == day


@given(
    day=days, form=st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"])
)
def test_every_day_written_the_western_way_is_read_back(day, form):
    assert parse_japanese_date(day.strftime(form)) == day


@given(text=st.text(alphabet="0123456789年月日元令和平成RHS./- ０１－", max_size=14))
def test_any_text_is_either_a_day_or_refused_with_a_sentence(text):
    try:
        day = parse_japanese_date(text)
    except DateNotUnderstood as refusal:
        assert str(refusal) in list(DateFault)
    else:
        assert isinstance(day, date)


def test_eras_stand_oldest_first():
    assert list(ERAS) == sorted(ERAS, key=lambda era: era.starts_on)
