"""The one table of steps: complete, without loose ends, and drawn in the docs as it is."""

from pathlib import Path

import pytest

from outreach.visits.models import Visit, VisitRequest
from outreach.visits.rules import state_diagram, transitions
from outreach.visits.rules.transitions import Actor, State

DOCS = Path(__file__).parents[4] / "docs"


def reached_from(start: State) -> set[State]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        on = {step.target for step in transitions.TABLE if step.source == here} - found
        found |= on
        waiting += on
    return found


def test_a_step_stands_in_the_table_once() -> None:
    ends = [(step.source, step.target) for step in transitions.TABLE]
    assert len(set(ends)) == len(ends)


def test_every_state_is_reached_and_every_standing_one_leads_to_an_end() -> None:
    assert reached_from(State.OPEN) == set(State)
    for state in transitions.STANDING:
        assert {State.DONE, State.ENDED} <= reached_from(state)


def test_what_is_settled_stays_so() -> None:
    assert not [step for step in transitions.TABLE if step.source in transitions.SETTLED]


def test_the_model_knows_the_same_states() -> None:
    assert set(VisitRequest.State) == set(State)


@pytest.mark.parametrize("topic", list(VisitRequest.Topic))
@pytest.mark.parametrize("card_is_here", [True, False])
def test_every_outcome_leaves_the_request_where_the_table_lets_it(
    topic: str, card_is_here: bool
) -> None:
    for outcome in Visit.COME_AGAIN | Visit.CLOSED:
        left = transitions.after_visit(outcome, topic=topic, card_is_here=card_is_here)
        step = transitions.find(State.PLANNED, left)
        assert step is not None
        assert step.actor is Actor.VISIT
        if outcome in Visit.COME_AGAIN:
            assert left in transitions.AWAITING_VISIT


@pytest.mark.parametrize(
    ("outcome", "topic", "card_is_here", "left"),
    [
        ("applied", "first_card", False, State.APPLIED),
        ("applied", "first_card", True, State.DONE),
        ("applied", "collection", False, State.DONE),
        ("absent", "first_card", True, State.TO_HAND_OVER),
        ("declined", "first_card", False, State.ENDED),
    ],
)
def test_a_second_visit_brings_the_card(
    outcome: str, topic: str, card_is_here: bool, left: State
) -> None:
    found = transitions.after_visit(outcome, topic=topic, card_is_here=card_is_here)
    assert found is left


def test_the_page_of_the_docs_is_drawn_from_the_table() -> None:
    assert (DOCS / "visit-states.md").read_text() == state_diagram.page()
