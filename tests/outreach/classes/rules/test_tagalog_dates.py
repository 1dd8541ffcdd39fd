from datetime import date

from outreach.classes.rules.tagalog_dates import tagalog_date, tagalog_short_date

SATURDAY = date(2026, 12, 5)


def test_a_date_in_tagalog_names_weekday_and_month():
    assert tagalog_date(SATURDAY) == "Sabado, Disyembre 5, 2026"
    assert tagalog_date(date(2027, 1, 4)) == "Lunes, Enero 4, 2027"


def test_a_date_for_a_text_message_shortens_both():
    assert tagalog_short_date(SATURDAY) == "Sab Dis 5"
