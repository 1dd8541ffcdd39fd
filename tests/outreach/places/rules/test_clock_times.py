from datetime import time

import pytest

from outreach.places.rules.clock_times import TimeNotUnderstood, parse_clock_time


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10:00", time(10, 0)),
        (" 9:05 ", time(9, 5)),
        ("１０：３０", time(10, 30)),
        ("1330", time(13, 30)),
        ("930", time(9, 30)),
        ("10時", time(10, 0)),
        ("10時30分", time(10, 30)),
        ("10 時 5 分", time(10, 5)),
        ("午後1時半", time(13, 30)),
        ("午前9:30", time(9, 30)),
        ("1:30pm", time(13, 30)),
        ("PM 2:00", time(14, 0)),
        pytest.param("午前12時", time(0, 0), id="twelve before noon is midnight"),
        pytest.param("午後12時", time(12, 0), id="twelve after noon is noon"),
        pytest.param("23:59", time(23, 59), id="the last minute"),
    ],
)
def test_a_time_of_day_is_read_however_it_is_written(written, read):
    assert parse_clock_time(written) == read


@pytest.mark.parametrize(
    "written", ["", "ten", "10", "24:00", "10:60", "25時", "午後13時", "10:0", "10:00:00", "-1:00"]
)
def test_what_is_no_time_of_day_is_refused(written):
    with pytest.raises(TimeNotUnderstood):
        parse_clock_time(written)
