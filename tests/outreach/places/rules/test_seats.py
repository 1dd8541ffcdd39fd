import pytest

from outreach.places.rules.seats import SeatWord, seat_word


@pytest.mark.parametrize(
    ("taken", "word"),
    [
        pytest.param(0, SeatWord.FREE, id="nobody yet"),
        pytest.param(6, SeatWord.FREE, id="four left"),
        pytest.param(7, SeatWord.FEW, id="three left"),
        pytest.param(9, SeatWord.FEW, id="the last one"),
        pytest.param(10, SeatWord.FULL, id="none left"),
    ],
)
def test_seats_of_ten_are_told_in_words(taken, word):
    assert seat_word(10, taken) is word
