"""The one place where a request's state changes, with the event that is its history."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from outreach.visits.models import RequestEvent, VisitRequest


@transaction.atomic
def change(
    *,
    request: VisitRequest,
    was: Collection[str],
    to: VisitRequest.State,
    now: datetime,
    by: User | None,
) -> bool:
    """Move a request to a state if it still is in one of `was`; False if somebody was faster.

    A conditional UPDATE, because two officers may press at the same moment: the database lets
    one of them change the row and tells the other that there was nothing to change.
    """
    if not VisitRequest.objects.filter(pk=request.pk, state__in=was).update(state=to):
        return False
    RequestEvent.objects.create(request=request, state=to, at=now, by=by)
    request.state = to
    return True
