"""The version of a team's day: who changes a visit counts it up, who saves a plan compares it."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from outreach.visits.models import TeamDay


class DayChanged(Exception):
    """Somebody changed the day since the plan was made."""


def touch(team_days: Iterable[tuple[int, date]]) -> None:
    """Count up the days of these teams (by key). Call it once the request's row is held.

    Always in one order: transactions that take rows in one order cannot wait for each other in a
    circle. The planned visits come after it, for the same reason.
    """
    for team, day in sorted(set(team_days)):
        row, _created = TeamDay.objects.get_or_create(team_id=team, day=day)
        TeamDay.objects.filter(pk=row.pk).update(version=F("version") + 1, travel_source="")


def compare_and_swap(*, on: date, seen: Mapping[int, int], travel_source: str) -> None:
    """Take the day over from the versions a plan was made from. Raises DayChanged."""
    for team, version in sorted(seen.items()):
        row, _created = TeamDay.objects.get_or_create(team_id=team, day=on)
        changed = TeamDay.objects.filter(pk=row.pk, version=version).update(
            version=version + 1, travel_source=travel_source
        )
        if not changed:
            raise DayChanged(
                _("Somebody changed this day in the meantime. Look at it and plan it again.")
            )
