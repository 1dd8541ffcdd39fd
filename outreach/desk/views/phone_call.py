"""One call at the phone desk, from the chosen person to the reference."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from mynumber.forms import GuardedForm
from outreach.classes.actions.registrations import (
    AlreadyRegistered,
    NoHandsets,
    SessionClosed,
    SessionFull,
)
from outreach.classes.models import ClassSession
from outreach.desk.actions import phone_bookings
from outreach.desk.actions.phone_bookings import Booking
from outreach.desk.agreements import Agreement, agreements
from outreach.desk.caller import Caller, caller_lines
from outreach.desk.class_choices import choices, next_number, others_with_place
from outreach.desk.forms.phone_desk import BookingForm, SearchForm
from outreach.desk.read_back import read_back
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.questionnaire import submission_of
from outreach.people.staff import StaffRequest

SCREEN = "phone-desk"
NEW = "new"
REFUSALS = (AlreadyRegistered, NoHandsets, SessionClosed, SessionFull)


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
        self.sessions = ClassSession.objects.to_offer_by_telephone(now=self.now)
        self.apart = [int(key) for key in self.request.POST.getlist("apart") if key.isdecimal()]
        self.agreements: list[Agreement] = agreements(self.caller)

    def form(self, typed: Any = None, *, initial: Any = None) -> BookingForm:
        return BookingForm(
            typed,
            initial=initial,
            sessions=self.sessions,
            is_reachable=self.caller.is_reachable,
            can_be_called=bool(self.caller.phones),
        )

    def empty_page(self) -> HttpResponse:
        """The booking form before anything is answered but, perhaps, for which class."""
        chosen = chosen_class(self.request)
        return self._booking_page(self.form(initial={"session": chosen.pk} if chosen else None))

    def answers_page(self) -> HttpResponse:
        """The booking form as it was filled in, not judged."""
        return self._booking_page(self.form(initial=self.request.POST.dict()))

    def read_back_page(self, *, refusal: str = "", status: int = 200) -> HttpResponse:
        """The sentence as things stand now; a class that has filled up means waiting in line."""
        form = self.form(self.request.POST)
        if not form.is_valid() or not self._has_heard(form):
            return self._booking_page(form)
        session, loan = form.cleaned_data["session"], form.needs_handset
        with_place = self.sessions.that_take(needs_handset=loan, now=self.now)
        waits = not with_place.filter(pk=session.pk).exists()
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
        form = self.form(self.request.POST)
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
        record(self.request, [registration.person], AccessRecord.Action.CHANGE, self.now)
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
            apart=self.apart,
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
            "apart": self.apart,
            "agreements": self.agreements,
            **shown,
        }
        return page(self.request, stage, context, status=status)


def record(
    request: StaffRequest, people: list[Person], action: AccessRecord.Action, now: datetime
) -> None:
    """Note whom the officer saw or booked at the phone desk."""
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)


def chosen_class(request: StaffRequest) -> ClassSession | None:
    """The class whose list the officer came from; of a whole series its first day."""
    key = request.POST.get("chosen") or request.GET.get("session") or ""
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        return None
    session = ClassSession.objects.to_show().filter(pk=int(key)).first()
    return session.days[0] if session else None


def page(
    request: StaffRequest, stage: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The screen: the search on top, and below it the step the call has come to."""
    chosen = chosen_class(request)
    shown = {"search": SearchForm(), "stage": stage, "chosen": chosen, **context}
    return render(request, f"desk/staff/phone_desk/{stage}.html", shown, status=status)
