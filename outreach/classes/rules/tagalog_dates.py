"""Dates in Tagalog: Django ships no names of days and months in this language."""

from datetime import date

_MONTHS = (
    "Enero",
    "Pebrero",
    "Marso",
    "Abril",
    "Mayo",
    "Hunyo",
    "Hulyo",
    "Agosto",
    "Setyembre",
    "Oktubre",
    "Nobyembre",
    "Disyembre",
)
_WEEKDAYS = ("Lunes", "Martes", "Miyerkules", "Huwebes", "Biyernes", "Sabado", "Linggo")
_LETTERS_OF_A_SHORT_NAME = 3


def tagalog_date(day: date) -> str:
    """A day in full: Sabado, Disyembre 5, 2026."""
    return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def tagalog_short_date(day: date) -> str:
    """A day for a text message: Sab Dis 5."""
    weekday = _WEEKDAYS[day.weekday()][:_LETTERS_OF_A_SHORT_NAME]
    return f"{weekday} {_MONTHS[day.month - 1][:_LETTERS_OF_A_SHORT_NAME]} {day.day}"
