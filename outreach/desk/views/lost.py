"""Somebody lost their link or reference: the same answer to everybody, known or not."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from outreach.desk.actions import own_links
from outreach.desk.forms.lost import LostForm, WrittenPoint
from outreach.desk.rate_limits import allowed, client_address

TEN_MINUTES = 10 * 60
AN_HOUR = 60 * 60
# A family or a small office behind one connection, but nobody who tries out numbers.
TRIES_FROM_ONE_PLACE = 10
TRIES_FOR_ONE_POINT = 3


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """One question; the answer tells nothing about who is on record, not even by its delay."""
    if request.method != "POST":
        return render(request, "desk/lost.html", {"form": LostForm()})
    form = LostForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/lost.html", {"form": form})
    if not allowed(
        f"lost from {client_address(request)}", times=TRIES_FROM_ONE_PLACE, seconds=TEN_MINUTES
    ):
        form.add_error(
            None, gettext("There were many tries from here. Wait ten minutes, or call the city.")
        )
        return render(request, "desk/lost.html", {"form": form}, status=429)
    _send(form.cleaned_data["point"])
    return HttpResponseRedirect(reverse("lost_sent"))


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whoever asked."""
    return render(request, "desk/lost_sent.html")


def _send(point: WrittenPoint) -> None:
    began = time.monotonic()
    if allowed(f"lost to {point.value}", times=TRIES_FOR_ONE_POINT, seconds=AN_HOUR):
        own_links.send(kind=point.kind, value=point.value, now=timezone.now())
    # So long that writing the messages of a whole family does not show in the waiting time.
    time.sleep(max(0.0, float(settings.LOST_LINK_SECONDS) - (time.monotonic() - began)))
