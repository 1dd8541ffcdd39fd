"""Who belongs to a person: the household, the carers, and who turns out to be the same."""

from datetime import date

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach.desk.forms.kin import CarerForm
from outreach.desk.forms.people import PeopleSearchForm
from outreach.desk.merge_words import refusal_words
from outreach.desk.people_list import found, person_lines
from outreach.desk.views.person import person_of, record, to_page
from outreach.people.actions import carers, merges, records
from outreach.people.actions.carers import CaresAlready
from outreach.people.actions.known_apart import keep_apart
from outreach.people.actions.merges import CannotMerge, CannotPartAgain
from outreach.people.models import AccessRecord, Carer, Person, PersonMerge
from outreach.people.staff import StaffRequest

MOST_FOUND = 12
Action = AccessRecord.Action

may_change = permission_required("people.change_people", raise_exception=True)


@never_cache
@may_change
@require_safe
def others(request: StaffRequest, pk: int) -> HttpResponse:
    """Look for somebody on record who lives with this person, cares for them, or is the same."""
    person = person_of(pk)
    form = PeopleSearchForm(request.GET)
    words = form.words
    people: list[Person] = []
    if words:
        matching = found(words).exclude(pk=pk).select_related("residence__facility")
        people = list(matching.prefetch_related("contact__points")[:MOST_FOUND])
    record(request, [person, *people], Action.SEARCH)
    context = {"person": person, "form": form, "lines": person_lines(people), "words": words}
    return render(request, "desk/staff/others.html", context)


@never_cache
@may_change
@require_POST
def live_together(request: StaffRequest, pk: int, other_pk: int) -> HttpResponse:
    """Both live in one household."""
    person, other = person_of(pk), person_of(other_pk)
    records.live_together(person=person, other=other)
    record(request, [person, other], Action.CHANGE)
    notices.success(request, _("They live together."))
    return to_page(person)


@never_cache
@may_change
@require_POST
def household(request: StaffRequest, pk: int) -> HttpResponse:
    """The person speaks for the household, or lives with the others no more."""
    person = person_of(pk)
    if request.POST.get("deed") == "head":
        records.speak_for_household(person=person)
        said = _("This person speaks for the household.")
    else:
        records.live_apart(person=person)
        said = _("This person no longer lives with the others.")
    record(request, [person], Action.CHANGE)
    notices.success(request, said)
    return to_page(person)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def new_carer(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody who is not on record looks after the person."""
    return _carer(request, person_of(pk), None)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def known_carer(request: StaffRequest, pk: int, other_pk: int) -> HttpResponse:
    """Somebody on record looks after the person."""
    return _carer(request, person_of(pk), person_of(other_pk))


@never_cache
@may_change
@require_POST
def release_carer(request: StaffRequest, pk: int, carer_pk: int) -> HttpResponse:
    """They look after the person no more."""
    person = person_of(pk)
    carer = get_object_or_404(Carer, pk=carer_pk, person=person)
    carers.release(carer=carer, today=_today())
    record(request, [person], Action.CHANGE)
    notices.success(request, _("It is noted that they no longer care for this person."))
    return to_page(person)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def same(request: StaffRequest, pk: int, other_pk: int) -> HttpResponse:
    """Two records side by side, and the button that makes them one."""
    kept, gone = person_of(pk), person_of(other_pk)
    refusal, code = "", 200
    if request.method == "POST":
        try:
            merges.merge(kept=kept, gone=gone, by=request.user, now=timezone.now())
        except CannotMerge as one:
            refusal, code = refusal_words(one), 409
        else:
            record(request, [kept, gone], Action.CHANGE)
            notices.success(request, _("Both records are one now. It can be undone on this page."))
            return to_page(kept)
    record(request, [kept, gone], Action.VIEW)
    context = {"kept": kept, "gone": gone, "lines": person_lines([kept, gone]), "refusal": refusal}
    return render(request, "desk/staff/same_person.html", context, status=code)


@never_cache
@may_change
@require_POST
def apart(request: StaffRequest, pk: int, other_pk: int) -> HttpResponse:
    """These are two people: nobody is asked about it again."""
    person, other = person_of(pk), person_of(other_pk)
    keep_apart(person=person, others=[other], by=request.user, now=timezone.now())
    record(request, [person, other], Action.CHANGE)
    notices.success(request, _("It is remembered that these are two people."))
    return to_page(person)


@never_cache
@may_change
@require_POST
def part(request: StaffRequest, merge_pk: int) -> HttpResponse:
    """Undo a merge: both records stand as before."""
    merge = get_object_or_404(PersonMerge.objects.select_related("kept", "gone"), pk=merge_pk)
    try:
        merges.part(merge=merge, by=request.user, now=timezone.now())
    except CannotPartAgain as refusal:
        notices.warning(request, str(refusal))
    else:
        record(request, [merge.kept, merge.gone], Action.CHANGE)
        notices.success(request, _("These are two records again, each with what it had."))
    return to_page(merge.kept)


def _carer(request: StaffRequest, person: Person, known: Person | None) -> HttpResponse:
    form = CarerForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "person": person, "since": _today()}
        try:
            if known is None:
                carers.entrust_somebody_new(**told)
            else:
                carers.entrust(contact=known.contact, **told)
        except CaresAlready as refusal:
            form.add_error(None, str(refusal))
        else:
            record(request, [person, *([known] if known else [])], Action.CHANGE)
            notices.success(request, _("The carer is stored."))
            return to_page(person)
    record(request, [person, *([known] if known else [])], Action.VIEW)
    heading = _("%(name)s looks after this person") % {"name": known.name} if known else _("Carer")
    context = {"person": person, "form": form, "heading": heading, "button": _("Store")}
    return render(request, "desk/staff/person_form.html", context)


def _today() -> date:
    return timezone.localdate()
