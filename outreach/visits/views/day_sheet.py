"""On the road: a team's day on a telephone, and what is pressed there, with or without network."""

from datetime import date, datetime
from uuid import uuid4

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.staff import StaffRequest
from outreach.visits.actions import custody, lateness, marks
from outreach.visits.actions.custody import CountRefused
from outreach.visits.actions.marks import Mark
from outreach.visits.calendar_feed import feed_address
from outreach.visits.day_drawing import map_of
from outreach.visits.day_screen import saved_day
from outreach.visits.day_sheet import sheet_stops
from outreach.visits.forms.day_sheet import CustodyForm, LateForm
from outreach.visits.forms.outcome import OUTCOMES
from outreach.visits.models import CustodyCount, Team, Visit, VisitMark
from outreach.visits.sent_marks import MarksNotUnderstood, can_be_pressed, read_marks

BAD_REQUEST = 400
may_visit = permission_required("visits.record_outcome", raise_exception=True)
# The page stands alone and needs nothing that Wagtail's admin needs.
strict = csp_replace({"script-src": [SELF], "style-src": [SELF]})


@strict
@never_cache
@may_visit
@require_safe
def sheet(request: StaffRequest, day: str) -> HttpResponse:
    """Somebody's own visits of one day, in their order; works on without network once opened."""
    on, now = _day(day), timezone.now()
    own = Visit.objects.of(request.user)
    visits = list(own.day_list(on=on))
    _note_access(request, [visit.request.person for visit in visits], now)
    teams = {visit.team_id: visit.team for visit in visits}
    return render(
        request,
        "visits/staff/day_sheet.html",
        {
            "on": on,
            "stops": sheet_stops(visits, today=timezone.localdate(now)),
            "map": map_of(saved_day(on, visits=own)),
            "teams": list(teams.values()),
            "others": User.objects.filter(visit_teams__in=teams)
            .exclude(pk=request.user.pk)
            .order_by("last_name", "username")
            .distinct(),
            "consents": VisitMark.Consent.choices,
            "outcomes": OUTCOMES,
            "feed": feed_address(request.user),
            "late": LateForm(teams=_own_teams(request), auto_id="late_%s"),
        },
    )


@never_cache
@may_visit
@require_POST
def mark(request: StaffRequest, day: str) -> HttpResponse:
    """One press, sent as a plain form."""
    on, now = _day(day), timezone.now()
    visit_key, kind, value = [*request.POST.get("mark", "").split(":"), "", ""][:3]
    visits = Visit.objects.of(request.user)
    visit = get_object_or_404(visits, pk=int(visit_key) if visit_key.isdecimal() else 0)
    second = request.POST.get("second", "")
    pressed = Mark(visit.pk, kind, value, uuid4(), now, int(second) if second.isdecimal() else None)
    if can_be_pressed(kind, value):
        for refusal in marks.note(marks=[pressed], by=request.user, now=now).refused:
            messages.error(request, refusal.why)
    return HttpResponseRedirect(f"{_address(on)}#visit-{visit.pk}")


@never_cache
@may_visit
@require_POST
def kept_marks(request: StaffRequest, day: str) -> HttpResponse:
    """What the page kept while there was no network, and which visits still are the visitor's.

    Sent again, it changes nothing.
    """
    on, now = _day(day), timezone.now()
    try:
        noted = marks.note(marks=read_marks(request.body), by=request.user, now=now)
    except MarksNotUnderstood:
        return JsonResponse({"error": _("The marks cannot be read.")}, status=BAD_REQUEST)
    yours = Visit.objects.of(request.user).filter(visit_on=on).values_list("pk", flat=True)
    refused = [{"key": one.key, "why": one.why} for one in noted.refused]
    return JsonResponse({"kept": noted.kept, "refused": refused, "yours": list(yours)})


@never_cache
@may_visit
@require_POST
def late(request: StaffRequest, day: str) -> HttpResponse:
    """Tell the next people that the team comes later."""
    on, now = _day(day), timezone.now()
    form = LateForm(request.POST, teams=_own_teams(request))
    if not form.is_valid():
        raise Http404
    told = lateness.say_late(
        team=form.cleaned_data["team"], on=on, minutes=form.cleaned_data["minutes"], now=now
    )
    words = ngettext(
        "The people of %(count)s visit are being told.",
        "The people of %(count)s visits are being told.",
        told,
    )
    messages.success(request, words % {"count": told})
    return redirect(_address(on))


@strict
@never_cache
@may_visit
@require_http_methods(["GET", "HEAD", "POST"])
def custody_list(request: StaffRequest, day: str, team: int) -> HttpResponse:
    """Sealed sheets and cards of a team's day, counted out and in; to be signed by two on paper."""
    on = _day(day)
    of_team = get_object_or_404(_own_teams(request), pk=team)
    form = CustodyForm(
        request.POST if request.method == "POST" else None, team=of_team, by=request.user
    )
    if form.is_bound and form.is_valid():
        try:
            custody.count(
                team=of_team, day=on, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except CountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("visits_staff:custody", day=on.isoformat(), team=of_team.pk)
    counts = CustodyCount.objects.filter(team=of_team, day=on)
    context = {
        "on": on,
        "team": of_team,
        "form": form,
        "counts": counts.select_related("counted_by", "second").order_by("counted_at"),
    }
    return render(request, "visits/staff/custody.html", context)


@never_cache
@may_visit
@require_safe
def nobody_home(request: StaffRequest, pk: int) -> HttpResponse:
    """The card for the letter box, in the resident's language; it names nobody."""
    visit = get_object_or_404(Visit.objects.of(request.user).with_people(), pk=pk)
    person = visit.request.person
    _note_access(request, [person], timezone.now())
    language = person.contact.language
    with translation.override(language):
        context = {"visit": visit, "language_tag": settings.LANGUAGE_TAGS[language]}
        return render(request, "visits/staff/nobody_home.html", context)


def _own_teams(request: StaffRequest) -> QuerySet[Team]:
    return Team.objects.filter(members=request.user)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None


def _address(on: date) -> str:
    return redirect("visits_staff:sheet", day=on.isoformat()).url


def _note_access(request: StaffRequest, people: list[Person], now: datetime) -> None:
    record_access(
        by=request.user,
        people=people,
        action=AccessRecord.Action.VIEW,
        screen="visits:sheet",
        now=now,
    )
