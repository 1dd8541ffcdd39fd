"""What an officer presses to take a request one step further, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.visits.models import VisitRequest
from outreach.visits.rules.transitions import State, steps_of_desk

_TARGETS: Mapping[State, Promise] = {
    State.APPLIED: _("Applied without a visit"),
    State.AT_JLIS: _("Sent to J-LIS"),
    State.ARRIVED: _("The card has arrived at City Hall"),
    State.POSTED: _("Posted, to be received by the person alone"),
    State.TO_COLLECT: _("The person collects it at the counter"),
    State.TO_HAND_OVER: _("A team brings it"),
    State.DONE: _("The person has the card"),
    State.ENDED: _("End the request without a card"),
}
# Where the same state is reached the other way round.
_BACK: Mapping[tuple[State, State], Promise] = {
    (State.AT_JLIS, State.APPLIED): _("J-LIS has sent it back"),
    (State.POSTED, State.ARRIVED): _("It has come back from the post"),
}


def steps_from(state: str) -> list[tuple[str, Promise]]:
    """The steps that lead on from a state, as choices of a form."""
    return [
        (str(step.target), _BACK.get((step.source, step.target), _TARGETS[step.target]))
        for step in steps_of_desk(state)
    ]


def state_label(state: str) -> str:
    """How a state is called on screens."""
    return str(VisitRequest.State(state).label)
