"""A team runs late: whoever still waits hears when somebody comes, and nobody hears it twice."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from outreach.visits.actions import notices
from outreach.visits.models import Team, Visit, VisitMark, VisitRequest
from outreach.visits.rules.time_slots import arrival
from outreach.visits.told_hours import hours_to_tell


@transaction.atomic
def say_late(*, team: Team, on: date, minutes: int, now: datetime) -> int:
    """Tell those still ahead of a team that it comes so many minutes later; how many visits.

    Not told are visits at which somebody has arrived or that have an outcome, and whoever still
    is reached between the hours they know.
    """
    town, count = timezone.get_default_timezone(), 0
    ahead = Visit.objects.ahead().filter(team=team, visit_on=on)
    requests = ahead.order_by("request_id").values("request_id")
    list(VisitRequest.objects.select_for_update(of=("self",)).filter(pk__in=requests))
    begun = VisitMark.objects.filter(visit__in=ahead, kind=VisitMark.Kind.ARRIVED)
    for visit in ahead.exclude(pk__in=begun.values("visit")).with_people().order_by("pk"):
        slot = hours_to_tell(visit)
        known_from, known_until = visit.told_from or slot[0], visit.told_until or slot[1]
        planned = visit.starts_at or known_from
        comes = planned + timedelta(minutes=minutes)
        if comes <= known_until:
            continue
        hours = arrival(comes.astimezone(town), visit.time_slot)
        notices.say_late(visit=visit, hours=hours, now=now)
        count += 1
    return count
