"""A colleague has looked: these are two people, and nobody need ask again."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User

from outreach.people.models import KnownApart, Person


def keep_apart(*, person: Person, others: Iterable[Person], by: User, now: datetime) -> int:
    """Remember that a person is none of the others; how many pairs are new."""
    pairs = [
        KnownApart(one_id=min(pair), other_id=max(pair), by=by, at=now)
        for pair in sorted({(person.pk, other.pk) for other in others if other.pk != person.pk})
    ]
    before = KnownApart.objects.count()
    KnownApart.objects.bulk_create(pairs, ignore_conflicts=True)
    return KnownApart.objects.count() - before
