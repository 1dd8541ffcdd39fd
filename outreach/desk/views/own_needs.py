"""What somebody needs in a class they registered for, changed on their own page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications.links import UnknownToken, contact_of_token
from outreach.classes.actions import registrations
from outreach.classes.actions.registrations import RegistrationEnded
from outreach.classes.models import Registration
from outreach.desk.forms.own_needs import OwnNeedsForm
from outreach.desk.own_page import own_registrations
from outreach.desk.views.own_page import unindexed, unknown_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """A ride, somebody who comes along, what to learn; the seat itself stays as it is."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    standing = own_registrations(contact).filter(
        state__in=Registration.STANDING, session__ends_at__gt=timezone.now()
    )
    registration = get_object_or_404(standing, pk=pk)
    form = OwnNeedsForm(
        request.POST if request.method == "POST" else None, initial=registration.needs.told()
    )
    if form.is_bound and form.is_valid():
        try:
            registrations.change_needs(registration=registration, needs=form.needs())
        except RegistrationEnded as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(f"{reverse('my', kwargs={'token': token})}?done=needs")
    context = {"form": form, "registration": registration, "token": token}
    return unindexed(render(request, "desk/my_needs.html", context))
