"""Steps of a request that do not move become tasks of the desk, and end when they do."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mynumber.rules.wareki import wareki
from notifications.reasons import in_house_language
from outreach.people.actions.tasks import open_task
from outreach.people.models import Task
from outreach.visits.models import VisitRequest
from outreach.visits.under_way import owed

_WORDS = _("Visit request %(reference)s stands at “%(state)s” since %(day)s.")


def open_for_late(*, now: datetime) -> int:
    """Open a task for each step that takes longer than VISIT_STEP_DAYS; how many are new.

    One task a step: done by a colleague it stays done. Where a step was taken and undone since,
    its task is open again.
    """
    late = list(owed(today=timezone.localdate(now), late_only=True))
    known = Task.objects.filter(cause__in=[_cause(request) for request in late])
    known.filter(done_at__isnull=False, done_by=None).update(done_at=None)
    causes = set(known.values_list("cause", flat=True))
    new = [request for request in late if _cause(request) not in causes]
    for request in new:
        open_task(
            kind=Task.Kind.STUCK,
            cause=_cause(request),
            now=now,
            person=request.person,
            words=in_house_language(_WORDS)
            % {
                "reference": request.reference,
                "state": in_house_language(VisitRequest.State(request.state).label),
                "day": wareki(request.since),
            },
        )
    return len(new)


def close(*, request: VisitRequest, now: datetime) -> None:
    """The request has moved on: whatever step was stuck is not any more. Nobody has to say so."""
    rows = Task.objects.filter(person=request.person_id, kind=Task.Kind.STUCK, done_at=None)
    rows.filter(cause__startswith=_stem(request.pk)).update(done_at=now)


def request_of(task: Task) -> int | None:
    """The key of the request a task is about, if it is about a stuck one."""
    kind, _colon, rest = task.cause.partition(":")
    key = rest.partition(":")[0]
    return int(key) if kind == Task.Kind.STUCK and key.isdecimal() else None


def _cause(request: VisitRequest) -> str:
    return f"{_stem(request.pk)}{request.state}:{request.since.isoformat()}"


def _stem(key: int) -> str:
    return f"{Task.Kind.STUCK}:{key}:"
