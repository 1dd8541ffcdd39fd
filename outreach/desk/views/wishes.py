"""How one person wants to be reached: see it, change it, note a yes and its end."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from notifications.actions import consents
from notifications.actions import wishes as contact_wishes
from notifications.actions.wishes import ReasonMissing
from notifications.models import ContactPoint
from outreach.desk import consent_wordings
from outreach.desk.consent_wordings import NoNumber
from outreach.desk.forms.wishes import ConsentForm, PointForm, WishesForm
from outreach.desk.wishes_page import wishes_page
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.staff import StaffRequest

SCREEN = "wishes"
SEES_PROTECTION = "people.see_protection"

may_do_tasks = permission_required("people.do_tasks", raise_exception=True)


@never_cache
@may_do_tasks
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: StaffRequest, pk: int) -> HttpResponse:
    """Language, channels, silence and protection of one person."""
    person = _person(pk)
    if request.method != "POST":
        return _page(request, person)
    form = _wishes_form(request, person, request.POST)
    if not form.is_valid():
        return _page(request, person, form=form)
    contact_wishes.change(contact=person.contact, **form.wishes)
    return _changed(request, person, _("The wishes are stored. What goes out next obeys them."))


@never_cache
@may_do_tasks
@require_POST
def point(request: StaffRequest, pk: int, point_pk: int) -> HttpResponse:
    """Note that a number of this person is wrong, or can be used again."""
    person = _person(pk)
    found = get_object_or_404(ContactPoint, pk=point_pk, contacts=person.contact_id)
    # Named after its number, as on the page, so that the summary leads to the right one.
    form = PointForm(request.POST, auto_id=f"%s-{point_pk}")
    if not form.is_valid():
        return _page(request, person, refused=form, refused_at=point_pk)
    again = request.POST.get("state") == ContactPoint.State.USABLE
    mark = contact_wishes.mark_usable if again else contact_wishes.mark_wrong
    try:
        mark(
            point=found,
            by=request.user,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except ReasonMissing as refusal:
        form.add_error("reason", str(refusal))
        return _page(request, person, refused=form, refused_at=point_pk)
    if again:
        said = _("The number or address is used again, for everybody behind it.")
    else:
        said = _("The number or address is noted as wrong. Nothing more goes there.")
    return _changed(request, person, said)


@never_cache
@may_do_tasks
@require_POST
def consent(request: StaffRequest, pk: int, purpose: str) -> HttpResponse:
    """Note a person's yes to a purpose with the sentence they heard, or its end."""
    person = _person(pk)
    if purpose not in consent_wordings.purposes():
        raise Http404
    now = timezone.now()
    if request.POST.get("deed") == "withdraw":
        consents.withdraw(contact=person.contact, purpose=purpose, now=now)
        return _changed(request, person, _("The consent is withdrawn. Nothing more of this kind."))
    form = ConsentForm(request.POST, auto_id=f"%s-{purpose}")
    if form.is_valid() and form.cleaned_data["heard"] != _heard(person, purpose):
        form.add_error(None, _("The sentence has changed meanwhile. Please read it out again."))
    if not form.is_valid():
        return _page(request, person, refused=form, refused_at=purpose)
    consents.give(
        contact=person.contact,
        purpose=purpose,
        how=form.cleaned_data["how"],
        wording=form.cleaned_data["heard"],
        now=now,
        by=request.user,
    )
    return _changed(request, person, _("The consent is stored with the sentence that was read."))


def _heard(person: Person, purpose: str) -> str:
    contact = person.contact
    try:
        return consent_wordings.wording(purpose, contact, language=contact.language)
    except NoNumber:
        return ""


def _person(pk: int) -> Person:
    return get_object_or_404(Person.objects.select_related("contact", "district"), pk=pk)


def _wishes_form(request: StaffRequest, person: Person, answers: Any = None) -> WishesForm:
    return WishesForm(
        answers,
        contact=person.contact,
        sees_protection=request.user.has_perm(SEES_PROTECTION),
    )


def _page(
    request: StaffRequest,
    person: Person,
    *,
    form: WishesForm | None = None,
    refused: PointForm | ConsentForm | None = None,
    refused_at: int | str | None = None,
) -> HttpResponse:
    """The whole screen; `refused` is the small form whose errors stand in the summary.

    It stands open, as it was typed, at the number or the purpose `refused_at`.
    """
    page = wishes_page(person.contact)
    _record(request, [person, *page.people], AccessRecord.Action.VIEW, timezone.now())
    context = {
        "person": person,
        "contact": person.contact,
        "page": page,
        "form": form or _wishes_form(request, person),
        "refused": refused,
        "refused_at": refused_at,
        "consent_form": ConsentForm(auto_id=False),
        "city_language": settings.LANGUAGE_CODE,
    }
    return render(request, "desk/staff/wishes.html", context)


def _changed(request: StaffRequest, person: Person, said: str) -> HttpResponseRedirect:
    _record(request, [person], AccessRecord.Action.CHANGE, timezone.now())
    notices.success(request, said)
    return HttpResponseRedirect(reverse("desk_staff:wishes", args=[person.pk]))


def _record(
    request: StaffRequest, people: list[Person], action: AccessRecord.Action, now: datetime
) -> None:
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)
