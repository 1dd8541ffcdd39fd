from datetime import date

import pytest

from notifications.rules.easy_dates import day_reading, easy_date, easy_day


@pytest.mark.parametrize(
    ("day", "reading"),
    [
        (1, "ついたち"),
        (4, "よっか"),
        (8, "ようか"),
        (10, "とおか"),
        (11, "じゅういちにち"),
        (14, "じゅうよっか"),
        (17, "じゅうしちにち"),
        (19, "じゅうくにち"),
        (20, "はつか"),
        (21, "にじゅういちにち"),
        (24, "にじゅうよっか"),
        (30, "さんじゅうにち"),
        (31, "さんじゅういちにち"),
    ],
)
def test_a_day_of_the_month_is_read_as_people_say_it(day, reading):
    assert day_reading(day) == reading


def test_every_day_of_a_month_has_a_reading_of_its_own_in_kana():
    readings = [day_reading(day) for day in range(1, 32)]
    assert len(set(readings)) == 31
    assert all("ぁ" <= sign <= "ん" for reading in readings for sign in reading)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 5), "12月5日（じゅうにがつ いつか）どようび"),
        (date(2027, 4, 20), "4月20日（しがつ はつか）かようび"),
        (date(2027, 9, 6), "9月6日（くがつ むいか）げつようび"),
    ],
)
def test_a_date_in_easy_japanese_carries_its_reading(day, words):
    assert easy_date(day) == words


def test_a_day_of_expiry_goes_without_its_weekday():
    assert easy_day(date(2027, 3, 15)) == "3月15日（さんがつ じゅうごにち）"
