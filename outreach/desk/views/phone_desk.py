"""The phone desk: one screen from the first word of a caller to the reference, by keyboard alone.

Nothing is kept on the server between the steps. The answers travel in the form of one person: to
look for another person, or to choose one, is to begin with empty answers.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mynumber.forms import GuardedForm
from outreach.classes.models import Registration
from outreach.desk.caller import Caller, caller_lines
from outreach.desk.forms.person import description_of
from outreach.desk.forms.phone_desk import NewPersonForm, NumberForm, SearchForm
from outreach.desk.views.phone_appointments import AppointmentCall
from outreach.desk.views.phone_call import NEW, Call, page, record
from outreach.people.look_up import looked_up
from outreach.people.models import AccessRecord, Person
from outreach.people.resemblance import resembling
from outreach.people.rules.names import as_katakana, is_kana
from outreach.people.staff import StaffRequest
from outreach.reception.documents import documents_for
from outreach.reception.models import Appointment

# More than a screenful helps nobody: the officer asks for more of the name.
MOST_FOUND = 12

may_manage = permission_required("classes.manage_classes", raise_exception=True)


@may_manage
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_desk(request: StaffRequest) -> HttpResponse:
    """The search, and below it the step the call has come to."""
    step = STEPS.get(request.POST.get("step", ""))
    if request.method != "POST" or step is None:
        return page(request, "start", {})
    return step(request, timezone.now())


@may_manage
@never_cache
@require_safe
def booked(request: StaffRequest, registration_pk: int) -> HttpResponse:
    """The reference to read out, and the search for the next caller."""
    registration = get_object_or_404(
        Registration.objects.to_confirm().filter(taken_by__isnull=False), pk=registration_pk
    )
    record(request, [registration.person], AccessRecord.Action.VIEW, timezone.now())
    return page(request, "booked", {"registration": registration})


@may_manage
@never_cache
@require_safe
def appointment_booked(request: StaffRequest, appointment_pk: int) -> HttpResponse:
    """The reference of a time at a counter to read out, and the search for the next caller."""
    taken = Appointment.objects.to_confirm().filter(taken_by__isnull=False)
    appointment = get_object_or_404(taken, pk=appointment_pk)
    record(request, [appointment.person], AccessRecord.Action.VIEW, timezone.now())
    shown = {"appointment": appointment, "documents": documents_for(appointment.service)}
    return page(request, "appointment_booked", shown)


def search(request: StaffRequest, now: datetime) -> HttpResponse:
    """Everybody the words could mean; each who is listed leaves a record."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return page(request, "start", {"form": form, "search": form})
    people = list(looked_up(form.cleaned_data["said"])[: MOST_FOUND + 1])
    record(request, people[:MOST_FOUND], AccessRecord.Action.SEARCH, now)
    found = {
        "search": form,
        "lines": caller_lines(people[:MOST_FOUND], now=now),
        "has_more": len(people) > MOST_FOUND,
    }
    return page(request, "found", found)


def choose(request: StaffRequest, now: datetime) -> HttpResponse:
    """Somebody on record, or new; whatever was answered about another person is gone."""
    if request.POST.get("person") == NEW:
        return page(request, "new_person", {"form": NewPersonForm(initial=_from_search(request))})
    caller = Caller.known(_person(request))
    record(request, _onrecord(caller), AccessRecord.Action.VIEW, now)
    if not caller.is_reachable:
        return page(request, "number", {"caller": caller, "form": NumberForm()})
    return Call(request, caller, [], now).empty_page()


def number(request: StaffRequest, now: datetime) -> HttpResponse:
    """Ask somebody on record for another number."""
    caller = Caller.known(_person(request))
    record(request, _onrecord(caller), AccessRecord.Action.VIEW, now)
    return page(request, "number", {"caller": caller, "form": NumberForm()})


def describe(request: StaffRequest, now: datetime) -> HttpResponse:
    """What was told about the person; for a new one, who on record it could be instead."""
    caller, form = _caller(request)
    if caller is None:
        return page(request, "new_person", {"form": form})
    if caller.person is None and not request.POST.get("nobody_else"):
        same = [one.person for one in resembling(caller.described)[:MOST_FOUND]]
        if same:
            record(request, same, AccessRecord.Action.SEARCH, now)
            lines = caller_lines(same, now=now)
            shown = {"form": form, "caller": caller, "lines": lines, "apart": same}
            return page(request, "namesakes", shown)
    record(request, _onrecord(caller), AccessRecord.Action.VIEW, now)
    return Call(request, caller, [form], now).empty_page()


def resembles(request: StaffRequest, now: datetime) -> HttpResponse:
    """A part of the page, while the form is being filled in: who on record it could be so far."""
    form = NewPersonForm(request.POST)
    people = [one.person for one in resembling(description_of(form))[:MOST_FOUND]]
    record(request, people, AccessRecord.Action.SEARCH, now)
    lines = caller_lines(people, now=now)
    return render(request, "desk/staff/phone_desk/resembling.html", {"lines": lines})


def answers(request: StaffRequest, now: datetime) -> HttpResponse:
    """The booking form once more, as it was filled in."""
    return _call(request, now).answers_page()


def say(request: StaffRequest, now: datetime) -> HttpResponse:
    """The sentence to say aloud, or what is missing for it."""
    return _call(request, now).read_back_page()


def confirm(request: StaffRequest, now: datetime) -> HttpResponse:
    """Book what was read back, and nothing else."""
    return _call(request, now).book()


def errand(request: StaffRequest, now: datetime) -> HttpResponse:
    """A time at a counter instead of a class: what it is for."""
    return _appointment(request, now).errand_page()


def times(request: StaffRequest, now: datetime) -> HttpResponse:
    """The free times of the counter."""
    return _appointment(request, now).times_page()


def say_appointment(request: StaffRequest, now: datetime) -> HttpResponse:
    """The sentence about the time."""
    return _appointment(request, now).read_back_page()


def book_appointment(request: StaffRequest, now: datetime) -> HttpResponse:
    """Book the time that was read back."""
    return _appointment(request, now).book()


STEPS = {
    "errand": errand,
    "times": times,
    "say_appointment": say_appointment,
    "book_appointment": book_appointment,
    "search": search,
    "choose": choose,
    "number": number,
    "describe": describe,
    "resembling": resembles,
    "answers": answers,
    "say": say,
    "confirm": confirm,
}


def _appointment(request: StaffRequest, now: datetime) -> AppointmentCall:
    caller, form = _caller(request)
    if caller is None:  # answers that were in order a step ago: not from this screen
        raise Http404
    record(request, _onrecord(caller), AccessRecord.Action.VIEW, now)
    return AppointmentCall(request, caller, [form], now)


def _call(request: StaffRequest, now: datetime) -> Call:
    caller, form = _caller(request)
    if caller is None:  # answers that were in order a step ago: not from this screen
        raise Http404
    record(request, _onrecord(caller), AccessRecord.Action.VIEW, now)
    return Call(request, caller, [form], now)


def _caller(request: StaffRequest) -> tuple[Caller | None, GuardedForm]:
    """Whom the posted answers are about, and the form that says so; None where it has faults."""
    if request.POST.get("person") == NEW:
        form: GuardedForm = NewPersonForm(request.POST)
        return (Caller(person=None, **form.cleaned_data) if form.is_valid() else None), form
    form = NumberForm(request.POST)
    phone = form.cleaned_data["phone"] if form.is_valid() else None
    return Caller.known(_person(request), phone=phone), form


def _person(request: StaffRequest) -> Person:
    try:
        key = int(request.POST.get("person", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Person.objects.by_kana(), pk=key)


def _onrecord(caller: Caller) -> list[Person]:
    return [caller.person] if caller.person else []


def _from_search(request: StaffRequest) -> dict[str, Any]:
    """What was typed into the search, in the field it belongs to."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return {"language": settings.LANGUAGE_CODE}
    said = form.cleaned_data["said"]
    if any(sign.isdigit() for sign in said):
        return {"phone": said}
    return {"kana": as_katakana(said)} if is_kana(as_katakana(said)) else {"name": said}
