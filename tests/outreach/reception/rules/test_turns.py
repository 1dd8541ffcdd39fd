"""Whose turn it is, and what may be done with whom."""

from datetime import datetime, timedelta

import pytest

from outreach.reception.rules.turns import State, Step, Waiting, next_state, next_ticket, steps_from
from tests.conftest import TOKYO

NOW = datetime(2026, 10, 22, 9, 0, tzinfo=TOKYO)


def waiting(*numbers_and_minutes):
    return [Waiting(number, timedelta(minutes=length)) for number, length in numbers_and_minutes]


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.OPEN, (Step.CALL, Step.MISS)),
        (State.CALLED, (Step.FINISH, Step.MISS, Step.UNDO)),
        (State.DONE, (Step.UNDO,)),
        (State.ABSENT, (Step.UNDO,)),
        (State.CANCELLED, ()),
    ],
)
def test_each_state_allows_its_steps(state, steps):
    assert steps_from(state) == steps


def test_a_step_back_leads_where_one_came_from():
    for step in (Step.CALL, Step.FINISH):
        for before in State:
            if after := next_state(before, step):
                assert next_state(after, Step.UNDO) == before


def test_the_lowest_number_is_next():
    assert next_ticket(waiting((4, 10), (3, 30)), now=NOW, busy_from=None).number == 3


def test_who_has_an_appointment_does_not_wait_for_a_ticket():
    soon = NOW + timedelta(minutes=15)
    assert next_ticket(waiting((3, 30), (4, 10)), now=NOW, busy_from=soon).number == 4
    assert next_ticket(waiting((3, 30)), now=NOW, busy_from=soon) is None


def test_a_ticket_that_is_just_finished_in_time_is_called():
    soon = NOW + timedelta(minutes=30)
    assert next_ticket(waiting((3, 30)), now=NOW, busy_from=soon).number == 3
