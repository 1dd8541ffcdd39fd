"""Dates of easy Japanese where there is no furigana: the reading follows in brackets.

Source: 出入国在留管理庁・文化庁 在留支援のためのやさしい日本語ガイドライン (readings for kanji,
western years).
"""

from datetime import date

_FIRST_TEN = (
    "ついたち",
    "ふつか",
    "みっか",
    "よっか",
    "いつか",
    "むいか",
    "なのか",
    "ようか",
    "ここのか",
    "とおか",
)
# Days whose reading is not simply the number followed by にち.
_SPECIAL = {14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか"}
_ONES = ("", "いち", "に", "さん", "し", "ご", "ろく", "しち", "はち", "く")
_MONTHS = (
    "いちがつ",
    "にがつ",
    "さんがつ",
    "しがつ",
    "ごがつ",
    "ろくがつ",
    "しちがつ",
    "はちがつ",
    "くがつ",
    "じゅうがつ",
    "じゅういちがつ",
    "じゅうにがつ",
)
_WEEKDAYS = ("げつ", "か", "すい", "もく", "きん", "ど", "にち")


def easy_day(day: date) -> str:
    """A day without its year and weekday: 12月5日（じゅうにがつ いつか）."""
    reading = f"{_MONTHS[day.month - 1]} {day_reading(day.day)}"
    return f"{day.month}月{day.day}日（{reading}）"


def easy_date(day: date) -> str:
    """A day without its year: 12月5日（じゅうにがつ いつか）どようび."""
    return f"{easy_day(day)}{_WEEKDAYS[day.weekday()]}ようび"


def day_reading(day: int) -> str:
    """How the day of a month is read, 1 to 31: ついたち, はつか, さんじゅういちにち."""
    if day <= len(_FIRST_TEN):
        return _FIRST_TEN[day - 1]
    if day in _SPECIAL:
        return _SPECIAL[day]
    tens, ones = divmod(day, 10)
    return f"{_ONES[tens] if tens > 1 else ''}じゅう{_ONES[ones]}にち"
