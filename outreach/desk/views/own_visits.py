"""The day of a home visit, answered on the resident's own page: it suits, or another one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications.links import UnknownToken, contact_of_token
from notifications.models import Contact
from outreach.desk.forms.own_visits import OtherDayForm
from outreach.desk.own_page import own_requests
from outreach.desk.views.own_page import only_by_post, page_of, unindexed, unknown_link
from outreach.visits.actions import day_answers
from outreach.visits.actions.day_answers import NotAhead
from outreach.visits.models import Visit


@never_cache
@only_by_post
def confirm(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The day suits."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    try:
        day_answers.confirm(visit=_visit(contact, pk), now=timezone.now())
    except NotAhead as refusal:
        return page_of(request, contact, token=token, refusal=str(refusal), status=409)
    return HttpResponseRedirect(f"{reverse('my', kwargs={'token': token})}?done=confirmed")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def another_day(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Another day, please: which days would suit, and then the city calls."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    visit = _visit(contact, pk)
    form = OtherDayForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if visit.outcome or visit.visit_on < timezone.localdate(now):
        return redirect("my", token=token)
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            day_answers.ask_for_another(visit=visit, now=now, words=words, told=contact)
        except NotAhead as refusal:
            return page_of(request, contact, token=token, refusal=str(refusal), status=409)
        return HttpResponseRedirect(f"{reverse('my', kwargs={'token': token})}?done=another-day")
    context = {"form": form, "visit": visit, "token": token}
    return unindexed(render(request, "desk/my_other_day.html", context))


def _visit(contact: Contact, pk: int) -> Visit:
    visits = Visit.objects.with_people().filter(request__in=own_requests(contact))
    return get_object_or_404(visits, pk=pk)
