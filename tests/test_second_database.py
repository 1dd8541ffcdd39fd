"""No test of what differs between databases is left out on the second one."""

from collections.abc import Iterator
from types import CodeType

import pytest

from tests.second_database import is_journey, repeated, uses_database

# Who names one of these races, breaks a constraint, speaks SQL or runs a command.
DIFFERS = frozenset(
    {
        *("Barrier", "Thread", "ThreadPoolExecutor", "worker", "worker_process"),
        *("IntegrityError", "OperationalError", "cursor", "select_for_update", "call_command"),
    }
)


def test_what_differs_between_databases_is_tested_on_both(request: pytest.FixtureRequest) -> None:
    """Journeys apart: what they do is tested without a browser too."""
    tests = [item for item in request.session.items if uses_database(item) and not is_journey(item)]
    left_out = set(tests) - set(repeated(tests))

    assert [item.nodeid for item in left_out if DIFFERS & names(item)] == []
    assert {name(item) for item in left_out} <= {name(item) for item in repeated(tests)}


def name(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def names(item: pytest.Item) -> set[str]:
    """What the test itself speaks of, by the names in its code."""
    return {word for code in codes(item.function.__code__) for word in code.co_names}


def codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)
