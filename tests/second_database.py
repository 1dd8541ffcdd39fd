"""What of the suite is run once more on a second database: whatever could end differently there.

A test that races, commits, breaks a constraint or writes is repeated in each of its cases. One that
looks at pages or at the words of a message is repeated in its first case alone: that puts its
questions to the database, and another language or role puts the same ones. A journey in a browser
is not repeated, unless it is marked `every_database`.
"""

from collections.abc import Iterator, Sequence

import pytest

PAGES = frozenset({"client", "log_in", "read"})


def repeated(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Those of `items` that a second database is to see."""
    begun = set()
    for item in items:
        if not uses_database(item) or (is_journey(item) and not _marked(item)):
            continue
        name = item.nodeid.partition("[")[0]
        if name not in begun or not in_one_case(item):
            yield item
        begun.add(name)


def uses_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        {"db", "transactional_db", "live_server"} & _fixtures(item)
    )


def is_journey(item: pytest.Item) -> bool:
    return "browser" in _fixtures(item)


def in_one_case(item: pytest.Item) -> bool:
    """Whether it is about pages or words, and what they say is all that differs by case."""
    return not commits(item) and (bool(PAGES & _fixtures(item)) or "language" in _parameters(item))


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in _fixtures(
        item
    )


def _marked(item: pytest.Item) -> bool:
    return item.get_closest_marker("every_database") is not None


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _parameters(item: pytest.Item) -> set[str]:
    case = getattr(item, "callspec", None)
    return set(case.params) if case else set()
