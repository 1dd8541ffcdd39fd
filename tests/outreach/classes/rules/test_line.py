import pytest

from outreach.classes.rules.line import Free, InLine, next_in_line

OWN, LOAN = False, True


def line(*needs: bool) -> list[InLine]:
    return [InLine(number, needs_handset) for number, needs_handset in enumerate(needs, start=1)]


@pytest.mark.parametrize(
    ("free", "needs", "chosen"),
    [
        pytest.param(Free(1, 0), [OWN, OWN], [1], id="one seat goes to the first"),
        pytest.param(Free(2, 0), [OWN, OWN, OWN], [1, 2], id="two seats go in order"),
        pytest.param(Free(1, 1), [LOAN, OWN], [1], id="a handset is free for the first"),
        pytest.param(Free(1, 0), [LOAN, OWN], [2], id="who needs none is not held up"),
        pytest.param(Free(2, 1), [LOAN, LOAN, OWN], [1, 3], id="one handset for two"),
        pytest.param(Free(0, 5), [LOAN, OWN], [], id="a handset without a seat is nothing"),
        pytest.param(Free(3, 3), [], [], id="nobody waits"),
    ],
)
def test_places_are_offered_in_the_order_of_the_line(free, needs, chosen):
    assert [waiting.key for waiting in next_in_line(free, line(*needs))] == chosen


def test_the_line_is_read_no_further_than_there_are_seats():
    def endless():
        for key in range(1, 3):
            yield InLine(key, OWN)
        raise AssertionError("read on after the last seat was given")

    assert len(next_in_line(Free(1, 0), endless())) == 1
