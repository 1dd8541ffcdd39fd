"""Whom a colleague has seen."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Max, Min

from outreach.people.models import AccessRecord, Person


@dataclass(frozen=True, slots=True)
class Affected:
    """One person, how often they were looked at, and when first and last."""

    person: Person
    times: int
    first: datetime
    last: datetime
    screens: list[str]


def affected(colleague: User, *, since: datetime, until: datetime) -> list[Affected]:
    """Everybody somebody looked at from a moment up to, not including, another; by reading."""
    looks = AccessRecord.objects.filter(by=colleague, at__gte=since, at__lt=until).exclude(
        person=None
    )
    screens: dict[int, set[str]] = {}
    for key, screen in looks.values_list("person", "screen").distinct():
        screens.setdefault(key, set()).add(screen)
    counted = {
        row["person"]: row
        for row in looks.order_by()
        .values("person")
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    }
    people = Person.objects.select_related("contact", "district").order_by("kana", "name", "pk")
    return [
        Affected(
            person=person,
            times=counted[person.pk]["times"],
            first=counted[person.pk]["first"],
            last=counted[person.pk]["last"],
            screens=sorted(screens[person.pk]),
        )
        for person in people.filter(pk__in=looks.values("person"))
    ]
