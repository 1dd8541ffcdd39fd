"""What somebody brings to a class they registered for and needs there, on their own page."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications.links import UnknownToken, contact_of_token
from outreach.classes.actions import needs as class_needs
from outreach.classes.actions.needs import NoHandsetFree, RegistrationEnded
from outreach.classes.actions.places import NoHandsets, SessionClosed
from outreach.classes.models import Registration
from outreach.desk.forms.own_needs import OwnNeedsForm
from outreach.desk.own_page import own_registrations
from outreach.desk.views.own_page import unindexed, unknown_link

# The button of who would rather wait for a handset than keep a seat without one.
WAIT = "wait"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Own telephone or a lent one, a ride, what to learn: to be changed until the class."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    now = timezone.now()
    registration = get_object_or_404(own_registrations(contact), pk=pk)
    if registration.state in Registration.ENDED or registration.session.starts_at <= now:
        return redirect("my", token=token)
    form = OwnNeedsForm(
        request.POST if request.method == "POST" else None, registration=registration
    )
    none_left = False
    if form.is_bound and form.is_valid():
        try:
            done = _change(form, registration, now, waits=request.POST.get("go") == WAIT)
        except NoHandsetFree:
            none_left = True
        except (NoHandsets, RegistrationEnded, SessionClosed) as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(f"{reverse('my', kwargs={'token': token})}?done={done}")
    context = {
        "form": form,
        "registration": registration,
        "token": token,
        "none_left": none_left,
        "may_wait": registration.days[0].starts_at > now,
    }
    status = 409 if none_left else 200
    return unindexed(render(request, "desk/my_needs.html", context, status=status))


def _change(form: OwnNeedsForm, registration: Registration, now: datetime, *, waits: bool) -> str:
    changes = form.changes()
    if waits and changes["needs_handset"] and not registration.needs_handset:
        del changes["needs_handset"]
        class_needs.wait_for_handset(registration=registration, **changes, now=now)
        return "waits"
    class_needs.change(registration=registration, **changes, now=now)
    return "needs"
