"""A problem that cannot be meant is refused before anything is planned."""

from collections.abc import Callable

import pytest

from outreach.visits.planning import Fixed, Problem, Travel
from tests.outreach.visits.planning.days import day, stop, team


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: day(stop(1), stop(1)), "stop is named twice"),
        (lambda: day(teams=(team(1), team(1))), "team is named twice"),
        (lambda: day(stop(1, windows=())), "no window"),
        (lambda: day(stop(1, priority=11)), "priority 11"),
        (lambda: day(stop(1, fixed=Fixed(5, 600))), "does not go out"),
        (lambda: Problem((stop(1, at=3),), (team(),), Travel([[0]])), "Stop 1 is at a place"),
        (lambda: Problem((), (team(end_place=1),), Travel([[0]])), "Team 1 starts or ends"),
        (lambda: Problem((), (), Travel([[0, 1]])), "not square"),
    ],
)
def test_what_cannot_be_meant_is_refused(build: Callable[[], Problem], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()
