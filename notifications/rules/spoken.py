"""How dates, times and references are written for a machine that reads Japanese aloud."""

from datetime import date, time

_WEEKDAYS = "月火水木金土日"
_NOON = 12

# Each on its own and in kana, so that no engine reads 0186 as a year or 4 as し.
_DIGITS = ("ゼロ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ", "キュー")
_LETTERS = {
    "A": "エー",
    "B": "ビー",
    "C": "シー",
    "D": "ディー",
    "E": "イー",
    "F": "エフ",
    "G": "ジー",
    "H": "エイチ",
    "I": "アイ",
    "J": "ジェイ",
    "K": "ケー",
    "L": "エル",
    "M": "エム",
    "N": "エヌ",
    "O": "オー",
    "P": "ピー",
    "Q": "キュー",
    "R": "アール",
    "S": "エス",
    "T": "ティー",
    "U": "ユー",
    "V": "ブイ",
    "W": "ダブリュー",
    "X": "エックス",
    "Y": "ワイ",
    "Z": "ゼット",
}
_PAUSE = "、"


def spoken_date(day: date) -> str:
    """A day with its weekday: 10月22日、木曜日."""
    return f"{spoken_day(day)}、{_WEEKDAYS[day.weekday()]}曜日"


def spoken_day(day: date) -> str:
    """A day without its weekday: 10月22日."""
    return f"{day.month}月{day.day}日"


def spoken_full_day(day: date) -> str:
    """A day with its year: 2026年10月22日."""
    return f"{day.year}年{spoken_day(day)}"


def spoken_time(clock: time) -> str:
    """A time of day by the clock of twelve hours: 午前10時, 正午, 午後1時30分."""
    if (clock.hour, clock.minute) == (_NOON, 0):
        return "正午"
    half = "午前" if clock.hour < _NOON else "午後"
    minutes = f"{clock.minute}分" if clock.minute else ""
    return f"{half}{clock.hour % _NOON}時{minutes}"


def spelled_out(text: str) -> str:
    """A reference or number, one sign after the other: シー、ナナ、ケー.

    A hyphen is a longer pause; whatever is neither letter nor digit is left out.
    """
    groups = (_signs(group) for group in text.upper().split("-"))
    return f"{_PAUSE} ".join(group for group in groups if group)


def _signs(group: str) -> str:
    return _PAUSE.join(
        _DIGITS[int(sign)] if sign.isdecimal() else _LETTERS[sign]
        for sign in group
        if sign.isascii() and (sign.isdecimal() or sign in _LETTERS)
    )
