"""The sending screen: whether messages go out, what waits, and the switch that halts it all."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notifications.actions import sending_stops
from outreach.desk.forms.sending import StopForm
from outreach.desk.sending_state import sending_state
from outreach.people.staff import StaffRequest


@never_cache
@permission_required("people.stop_sending", raise_exception=True)
@require_safe
def sending(request: StaffRequest) -> HttpResponse:
    """Numbers alone: nobody is named here, so nobody's record is looked at."""
    return _page(request, StopForm())


@never_cache
@permission_required("people.stop_sending", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: StaffRequest) -> HttpResponse:
    """Halt everything, at one press and with a reason."""
    if request.method != "POST":
        return redirect("desk_staff:sending")
    form = StopForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    now = timezone.now()
    standing = sending_stops.stop(reason=form.cleaned_data["reason"], by=request.user, now=now)
    if standing.stopped_at == now:
        messages.warning(
            request, _("Sending is stopped. Nothing more goes out until it is lifted.")
        )
    else:
        messages.warning(request, _("Sending had been stopped already; that stop stands."))
    return redirect("desk_staff:sending")


@never_cache
@permission_required("people.control_sending", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: StaffRequest) -> HttpResponse:
    """Let messages go out again."""
    if request.method != "POST":
        return redirect("desk_staff:sending")
    if sending_stops.lift(by=request.user, now=timezone.now()):
        messages.info(request, _("The stop is lifted. What waits goes out within a minute."))
    else:
        messages.info(request, _("Sending was not stopped, so nothing was changed."))
    return redirect("desk_staff:sending")


def _page(request: StaffRequest, form: StopForm) -> HttpResponse:
    context = {"state": sending_state(now=timezone.now()), "form": form}
    return render(request, "desk/staff/sending.html", context)
