"""Who sees to a request: taken, given to a colleague, given back."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from outreach.people.colleagues import colleague_name
from outreach.visits.models import RequestEvent, VisitRequest


class HeldByColleague(Exception):
    """Somebody else has the request in the meantime."""


@transaction.atomic
def hand(
    *,
    requests: Iterable[VisitRequest],
    to: User | None,
    seen: User | None,
    by: User,
    now: datetime,
) -> None:
    """Hand requests to a colleague, or to nobody, if they still are with who was `seen`.

    A conditional UPDATE, because two officers may take one at the same moment. All of the
    requests or none. Raises HeldByColleague.
    """
    for request in requests:
        holding = VisitRequest.objects.filter(pk=request.pk, holder=seen)
        if not holding.update(holder=to):
            request.refresh_from_db(fields=["holder"])
            raise HeldByColleague(_who_has_it(request))
        RequestEvent.objects.create(
            request=request,
            kind=RequestEvent.Kind.HOLDER,
            was=request.state,
            state=request.state,
            holder=to,
            at=now,
            by=by,
        )
        request.holder = to


def _who_has_it(request: VisitRequest) -> str:
    if request.holder is None:
        return _("This request was given back in the meantime. Look at it again.")
    return _("%(name)s has this request now. Ask them first.") % {
        "name": colleague_name(request.holder)
    }
