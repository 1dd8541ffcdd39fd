from datetime import date, time

import pytest

from notifications.rules.codes import ALPHABET
from notifications.rules.spoken import spelled_out, spoken_date, spoken_full_day, spoken_time


def test_a_day_is_said_with_its_weekday():
    assert spoken_date(date(2026, 10, 22)) == "10月22日、木曜日"


def test_a_day_that_may_lie_far_off_is_said_with_its_year():
    assert spoken_full_day(date(2027, 1, 4)) == "2027年1月4日"


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (time(10, 0), "午前10時"),
        (time(9, 5), "午前9時5分"),
        (time(12, 0), "正午"),
        (time(12, 30), "午後0時30分"),
        (time(13, 30), "午後1時30分"),
        (time(0, 15), "午前0時15分"),
    ],
    ids=str,
)
def test_a_time_is_said_in_words(clock, said):
    assert spoken_time(clock) == said


def test_a_reference_is_spelled_sign_by_sign():
    assert spelled_out("C-7K3") == "シー、 ナナ、ケー、サン"


def test_a_telephone_number_is_spelled_with_pauses_at_its_hyphens():
    assert spelled_out("0186-30") == "ゼロ、イチ、ハチ、ロク、 サン、ゼロ"


def test_no_two_signs_of_a_reference_sound_alike():
    assert len({spelled_out(sign) for sign in ALPHABET}) == len(ALPHABET)
