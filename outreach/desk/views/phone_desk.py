"""The phone desk: one screen from the first word of a caller to the reference, by keyboard alone.

Nothing is kept on the server between the steps. The answers travel in the form of one person: to
look for another person, or to choose one, is to begin with empty answers.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mynumber.forms import GuardedForm
from outreach.classes.actions.registrations import (
    AlreadyRegistered,
    NoHandsets,
    SessionClosed,
    SessionFull,
)
from outreach.classes.models import ClassSession, Registration
from outreach.desk.actions import phone_bookings
from outreach.desk.actions.phone_bookings import Booking
from outreach.desk.agreements import Agreement, agreements
from outreach.desk.caller import Caller, caller_lines
from outreach.desk.class_choices import choices, next_number, others_with_place
from outreach.desk.forms.phone_desk import BookingForm, NewPersonForm, NumberForm, SearchForm
from outreach.desk.read_back import read_back
from outreach.people.actions.access import record_access
from outreach.people.look_up import looked_up, namesakes
from outreach.people.models import AccessRecord, Person
from outreach.people.questionnaire import submission_of
from outreach.people.rules.names import as_katakana, is_kana
from outreach.people.staff import StaffRequest

SCREEN = "phone-desk"
NEW = "new"
# More than a screenful helps nobody: the officer asks for more of the name.
MOST_FOUND = 12
REFUSALS = (AlreadyRegistered, NoHandsets, SessionClosed, SessionFull)

may_manage = permission_required("classes.manage_classes", raise_exception=True)


@may_manage
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_desk(request: StaffRequest) -> HttpResponse:
    """The search, and below it the step the call has come to."""
    step = STEPS.get(request.POST.get("step", ""))
    if request.method != "POST" or step is None:
        return _page(request, "start", {})
    return step(request, timezone.now())


@may_manage
@never_cache
@require_safe
def booked(request: StaffRequest, registration_pk: int) -> HttpResponse:
    """The reference to read out, and the search for the next caller."""
    registration = get_object_or_404(
        Registration.objects.to_confirm().filter(taken_by__isnull=False), pk=registration_pk
    )
    _record(request, [registration.person], AccessRecord.Action.VIEW, timezone.now())
    return _page(request, "booked", {"registration": registration})


def search(request: StaffRequest, now: datetime) -> HttpResponse:
    """Everybody the words could mean; each who is listed leaves a record."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, "start", {"form": form, "search": form})
    people = list(looked_up(form.cleaned_data["said"])[: MOST_FOUND + 1])
    _record(request, people[:MOST_FOUND], AccessRecord.Action.SEARCH, now)
    found = {
        "search": form,
        "lines": caller_lines(people[:MOST_FOUND], now=now),
        "has_more": len(people) > MOST_FOUND,
    }
    return _page(request, "found", found)


def choose(request: StaffRequest, now: datetime) -> HttpResponse:
    """Somebody on record, or new; whatever was answered about another person is gone."""
    if request.POST.get("person") == NEW:
        return _page(request, "new_person", {"form": NewPersonForm(initial=_from_search(request))})
    caller = Caller.known(_person(request))
    _record(request, _on_record(caller), AccessRecord.Action.VIEW, now)
    if not caller.is_reachable:
        return _page(request, "number", {"caller": caller, "form": NumberForm()})
    return Call(request, caller, [], now).booking_page()


def number(request: StaffRequest, now: datetime) -> HttpResponse:
    """Ask somebody on record for another number."""
    caller = Caller.known(_person(request))
    _record(request, _on_record(caller), AccessRecord.Action.VIEW, now)
    return _page(request, "number", {"caller": caller, "form": NumberForm()})


def describe(request: StaffRequest, now: datetime) -> HttpResponse:
    """What was told about the person; for a new one, who on record it could be instead."""
    caller, form = _caller(request)
    if caller is None:
        return _page(request, "new_person", {"form": form})
    if caller.person is None and not request.POST.get("nobody_else"):
        same = list(
            namesakes(name=caller.name, kana=caller.kana, birth_year=caller.birth_year)[:MOST_FOUND]
        )
        if same:
            _record(request, same, AccessRecord.Action.SEARCH, now)
            lines = caller_lines(same, now=now)
            return _page(request, "namesakes", {"form": form, "caller": caller, "lines": lines})
    _record(request, _on_record(caller), AccessRecord.Action.VIEW, now)
    return Call(request, caller, [form], now).booking_page()


def answers(request: StaffRequest, now: datetime) -> HttpResponse:
    """The booking form once more, as it was filled in."""
    call = _call(request, now)
    return call.booking_page(bound=True, judged=False)


def say(request: StaffRequest, now: datetime) -> HttpResponse:
    """The sentence to say aloud, or what is missing for it."""
    return _call(request, now).read_back_page()


def confirm(request: StaffRequest, now: datetime) -> HttpResponse:
    """Book what was read back, and nothing else."""
    return _call(request, now).book()


STEPS = {
    "search": search,
    "choose": choose,
    "number": number,
    "describe": describe,
    "answers": answers,
    "say": say,
    "confirm": confirm,
}


@dataclass
class Call:
    """One call about one person: the answers so far, and what the screen makes of them.

    `told` holds the forms about the person themselves, whose answers travel along unseen.
    """

    request: StaffRequest
    caller: Caller
    told: list[GuardedForm]
    now: datetime

    def __post_init__(self) -> None:
        self.submission: UUID = submission_of(self.request.POST)
        self.sessions = ClassSession.objects.upcoming(now=self.now)
        self.agreements: list[Agreement] = agreements(self.caller)

    def form(self, *, bound: bool) -> BookingForm:
        return BookingForm(
            self.request.POST if bound else None,
            sessions=self.sessions,
            is_reachable=self.caller.is_reachable,
            can_be_called=bool(self.caller.phones),
        )

    def booking_page(self, *, bound: bool = False, judged: bool = True) -> HttpResponse:
        form = self.form(bound=bound)
        if bound and not judged:
            form = BookingForm(
                initial=self.request.POST.dict(),
                sessions=self.sessions,
                is_reachable=self.caller.is_reachable,
                can_be_called=bool(self.caller.phones),
            )
        return self._booking_page(form)

    def read_back_page(self, *, refusal: str = "", status: int = 200) -> HttpResponse:
        """The sentence as things stand now; a class that has filled up means waiting in line."""
        form = self.form(bound=True)
        if not form.is_valid() or not self._has_heard(form):
            return self._booking_page(form)
        session, loan = form.cleaned_data["session"], form.needs_handset
        waits = not session.has_place(needs_handset=loan)
        shown = {
            "form": form,
            "refusal": refusal,
            "session": session,
            "waits": waits,
            "number": next_number(session) if waits else None,
            "others": others_with_place(session, needs_handset=loan, now=self.now) if waits else [],
            "sentence": self._sentence(form, waits=waits),
            "carried": [form],
        }
        return self._page("read_back", shown, status=status)

    def book(self) -> HttpResponse:
        form = self.form(bound=True)
        if not form.is_valid() or not self._has_heard(form):
            return self._booking_page(form)
        try:
            registration = phone_bookings.take(
                booking=self._booking(form),
                submission=self.submission,
                by=self.request.user,
                now=self.now,
            )
        except SessionFull as refusal:
            # Somebody else was faster: what was read back does not hold any more.
            return self.read_back_page(refusal=str(refusal), status=409)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return self._booking_page(form)
        _record(self.request, [registration.person], AccessRecord.Action.CHANGE, self.now)
        return redirect("desk_staff:booked", registration_pk=registration.pk)

    def _booking(self, form: BookingForm) -> Booking:
        told = form.cleaned_data
        return Booking(
            caller=self.caller,
            session=told["session"],
            how=told["how"],
            needs_handset=form.needs_handset,
            needs=form.needs,
            note=told["note"],
            relation=told["relation"],
            asker_name=told["asker_name"],
            asker_phone=told["asker_phone"],
            agreed={one.purpose: one.heard for one in self.agreements if told.get(one.field)},
            waits=self.request.POST.get("waits") == "yes",
        )

    def _has_heard(self, form: BookingForm) -> bool:
        """Whether the sentences agreed to are those on the screen; if not, the form says so."""
        changed = [
            one
            for one in self.agreements
            if form.cleaned_data.get(one.field)
            and self.request.POST.get(one.heard_field) != one.heard
        ]
        for one in changed:
            form.add_error(one.field, one.changed)
        return not changed

    def _sentence(self, form: BookingForm, *, waits: bool) -> str:
        told = form.cleaned_data
        return read_back(
            self.caller,
            session=told["session"],
            needs_handset=form.needs_handset,
            needs=form.needs,
            asker=told["asker_name"] if form.is_for_another else "",
            agrees_to_calls=bool(told.get("takes_calls")),
            number=next_number(told["session"]) if waits else None,
            now=self.now,
        )

    def _booking_page(self, form: BookingForm) -> HttpResponse:
        shown = {
            "form": form,
            "choices": choices(self.sessions, district=self.caller.district),
            "carried": [],
        }
        return self._page("booking", shown)

    def _page(self, stage: str, shown: dict[str, Any], *, status: int = 200) -> HttpResponse:
        person = self.caller.person
        context = {
            "caller": self.caller,
            "line": caller_lines([person], now=self.now)[0] if person else None,
            "person": person.pk if person else NEW,
            "told": self.told,
            "submission": self.submission,
            "agreements": self.agreements,
            **shown,
        }
        return _page(self.request, stage, context, status=status)


def _call(request: StaffRequest, now: datetime) -> Call:
    caller, form = _caller(request)
    if caller is None:  # answers that were in order a step ago: not from this screen
        raise Http404
    _record(request, _on_record(caller), AccessRecord.Action.VIEW, now)
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


def _on_record(caller: Caller) -> list[Person]:
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


def _record(
    request: StaffRequest, people: list[Person], action: AccessRecord.Action, now: datetime
) -> None:
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)


def _page(
    request: StaffRequest, stage: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shown = {"search": SearchForm(), "stage": stage, **context}
    return render(request, f"desk/staff/phone_desk/{stage}.html", shown, status=status)
