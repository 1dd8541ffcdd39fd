"""What people say about the day of a visit: it suits, or they need another one."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Contact
from notifications.text_guard import guard
from outreach.people.actions import tasks
from outreach.people.models import Task
from outreach.visits.actions import notices, team_days, visits
from outreach.visits.models import Visit, VisitRequest


class NotAhead(Exception):
    """The visit was made, moved or called off, or its day has passed."""


@transaction.atomic
def confirm(*, visit: Visit, now: datetime, by: User | None = None) -> Visit:
    """The day suits: from now on nobody moves the visit without asking. Twice is once.

    `by` is the colleague who heard it on the telephone. Raises NotAhead.
    """
    VisitRequest.objects.select_for_update(of=("self",)).get(pk=visit.request_id)
    visit.refresh_from_db()
    if visit.outcome or visit.visit_on < timezone.localdate(now):
        raise NotAhead(_not_ahead())
    if visit.confirmation == Visit.Confirmation.CONFIRMED:
        return visit
    # A plan made before it was confirmed could move it: that plan is out of date now.
    team_days.touch([(visit.team_id, visit.visit_on)])
    visit.confirmation = Visit.Confirmation.CONFIRMED
    visit.confirmed_at, visit.confirmed_by = now, by
    visit.save(update_fields=["confirmation", "confirmed_at", "confirmed_by"])
    return visit


@transaction.atomic
def ask_for_another(
    *,
    visit: Visit,
    now: datetime,
    words: str = "",
    by: User | None = None,
    told: Contact | None = None,
) -> Visit:
    """The day does not suit: the visit is called off, its request waits again, the desk calls.

    `words` say which days would suit. Everybody concerned hears that nobody comes on that day,
    except who was `told` right now. Raises NotAhead, and ValidationError when the words hold a
    number that may not be kept.
    """
    guard(words)
    locked = VisitRequest.objects.select_for_update(of=("self",)).get(pk=visit.request_id)
    visit.refresh_from_db()
    if visit.outcome or visit.visit_on < timezone.localdate(now):
        raise NotAhead(_not_ahead())
    has_card = locked.arrived_on is not None
    visits.settle(
        visit=visit,
        outcome=Visit.Outcome.CALLED_OFF,
        note="",
        leaves=VisitRequest.State.TO_HAND_OVER if has_card else VisitRequest.State.OPEN,
        on=timezone.localdate(now),
        by=by,
        now=now,
        why=words,
    )
    team_days.touch([(visit.team_id, visit.visit_on)])
    notices.take_back_plan(visit=visit, now=now)
    if by is None:  # a colleague who is on the telephone need not be told to call
        tasks.open_task(
            kind=Task.Kind.CALL_BACK,
            cause=f"visit-another-day:{visit.pk}",
            now=now,
            person=visit.request.person,
            words=words or _("Asks for another day of the home visit."),
        )
    notices.say_another_day(visit=visit, now=now, told=told)
    return visit


def _not_ahead() -> str:
    return _("This visit has another day by now, was called off, or is over.")
