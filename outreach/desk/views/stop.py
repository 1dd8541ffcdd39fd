"""Stop messages to a number or address: one press, no log-in but the signed link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.actions import stops
from notifications.actions.stops import How
from notifications.links import UnknownToken
from notifications.models import ContactPoint
from notifications.rules.masks import masked_email, masked_phone
from notifications.stop_links import link_of_token


# The mail programs that press for the reader (RFC 8058) bring no cookie and no CSRF token: who
# holds the link may stop, and can do nothing else with it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """What would be stopped, with a button; after the press, that it is.

    Opening the page stops nothing: virus scanners open every link of an e-mail. The answer to the
    press is the page itself, because RFC 8058 forbids a redirect; pressing again changes nothing.
    """
    try:
        link = link_of_token(token)
    except UnknownToken:
        return _unindexed(render(request, "desk/unknown_stop_link.html", status=404))
    point = link.point
    if request.method == "POST" and point.state != ContactPoint.State.STOPPED:
        stops.stop_point(point=point, contact=link.contact, now=timezone.now(), how=How.WEB)
    context = {
        "is_stopped": point.state == ContactPoint.State.STOPPED,
        "is_email": point.kind == ContactPoint.Kind.EMAIL,
        "shown": _recognisable(point),
    }
    return _unindexed(render(request, "desk/stop.html", context))


def _recognisable(point: ContactPoint) -> str:
    """Enough for who knows it, too little for who found the link; nothing of a postal address."""
    if point.kind == ContactPoint.Kind.EMAIL:
        return masked_email(point.value)
    return masked_phone(point.value) if point.kind == ContactPoint.Kind.PHONE else ""


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
