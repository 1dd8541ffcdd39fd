"""The visitor's calendar feed."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach.visits.calendar_feed import UnknownFeed, feed, visitor_of
from outreach.visits.models import Visit

# Days that lie behind and stay in the calendar.
KEPT = timedelta(days=7)


@never_cache
@require_safe
def own_visits(request: HttpRequest, token: str) -> HttpResponse:
    """One visitor's days, as they are at this request."""
    try:
        user = visitor_of(token)
    except UnknownFeed:
        raise Http404 from None
    now = timezone.now()
    visits = Visit.objects.of(user).filter(visit_on__gte=timezone.localdate(now) - KEPT)
    answer = HttpResponse(
        feed(visits.with_people().order_by("visit_on", "pk"), now=now),
        content_type="text/calendar; charset=utf-8",
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer
