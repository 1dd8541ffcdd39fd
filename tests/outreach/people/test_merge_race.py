"""Two colleagues join the same two records at the same moment, each the other way round."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from outreach.people.actions import merges, people
from outreach.people.models import Person
from tests.cast import HARU

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment; the kind of what each returned or raised."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> str:
        try:
            ready.wait()
            return type(deed()).__name__
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


@pytest.fixture
def two() -> list[Person]:
    return [people.write_down(name=HARU.name, kana=HARU.kana, language="ja") for _ in range(2)]


@pytest.mark.parametrize("attempt", range(3))
def test_one_record_stays_whoever_is_faster(two, staff, now, attempt):
    (one, other), desk, admin = two, staff("desk"), staff("admin")

    results = at_once(
        lambda: merges.merge(kept=one, gone=other, by=desk, now=now),
        lambda: merges.merge(kept=other, gone=one, by=admin, now=now),
    )

    assert results == ["CannotMerge", "PersonMerge"]
    assert Person.objects.on_record().count() == 1


def test_looking_first_and_merging_later_would_leave_nobody(two):
    """The negative control: without the lock each record disappears into the other."""
    one, other = two
    both_have_looked = Barrier(2)

    def naively(kept: Person, gone: Person) -> Callable[[], Person]:
        def merge() -> Person:
            assert Person.objects.get(pk=kept.pk).merged_into is None
            both_have_looked.wait()
            Person.objects.filter(pk=gone.pk).update(merged_into=kept)
            return kept

        return merge

    assert at_once(naively(one, other), naively(other, one)) == ["Person", "Person"]
    assert not Person.objects.on_record().exists()
