"""A time at a counter for a caller: what for, when, the sentence to say, the reference."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from mynumber.forms import GuardedForm
from outreach.desk.actions import phone_bookings
from outreach.desk.caller import Caller, caller_lines
from outreach.desk.forms.phone_appointments import ErrandForm, SlotForm
from outreach.desk.read_back import read_back_appointment
from outreach.desk.views.phone_call import NEW, page, record
from outreach.people.models import AccessRecord
from outreach.people.questionnaire import submission_of
from outreach.people.staff import StaffRequest
from outreach.reception.actions.appointments import AlreadyBooked, TimeTaken
from outreach.reception.documents import documents_for
from outreach.reception.models import Appointment, ReceptionPoint, Relation
from outreach.reception.openings import days_with_room


@dataclass
class AppointmentCall:
    """One call about a time for one person; `told` are the forms about the person themselves."""

    request: StaffRequest
    caller: Caller
    told: list[GuardedForm]
    now: datetime

    @cached_property
    def errand(self) -> ErrandForm:
        points = [one for one in ReceptionPoint.objects.open_to_residents() if one.services]
        # The form about a class, from which one comes here, asks who is calling, too.
        comes_here = self.request.POST.get("step") == "errand" and "errand" not in self.request.POST
        typed = None if comes_here else self.request.POST
        return ErrandForm(typed, points=points, is_reachable=self.caller.is_reachable)

    def errand_page(self) -> HttpResponse:
        """What for, and who is calling."""
        return self._page("errand", form=self.errand, carried=[])

    def times_page(self, *, refusal: str = "") -> HttpResponse:
        """The free times, day by day."""
        if not self.errand.is_valid():
            return self.errand_page()
        form = self._slots(None)
        return self._page("times", form=form, carried=[self.errand], refusal=refusal)

    def read_back_page(self) -> HttpResponse:
        """The sentence to say aloud."""
        if not self.errand.is_valid():
            return self.errand_page()
        form = self._slots(self.request.POST)
        if not form.is_valid():
            return self._page("times", form=form, carried=[self.errand])
        day, slot = form.chosen
        _point, service = self.errand.chosen
        sentence = read_back_appointment(
            self.caller,
            day=day,
            service=service,
            starts_at=slot.starts_at,
            asker=self.errand.cleaned_data["asker_name"] if self._is_for_another else "",
        )
        return self._page(
            "say_appointment", form=form, carried=[self.errand, form], sentence=sentence
        )

    def book(self) -> HttpResponse:
        """Book what was read back, and nothing else."""
        if not self.errand.is_valid():
            return self.errand_page()
        submission = submission_of(self.request.POST)
        if earlier := Appointment.objects.filter(submission=submission).first():
            return redirect("desk_staff:appointment_booked", appointment_pk=earlier.pk)
        form = self._slots(self.request.POST)
        told = self.errand.cleaned_data
        try:
            if not form.is_valid():
                return self._page("times", form=form, carried=[self.errand])
            day, slot = form.chosen
            appointment = phone_bookings.take_appointment(
                caller=self.caller,
                day=day,
                service=self.errand.chosen[1],
                starts_at=slot.starts_at,
                relation=told["relation"],
                asker_name=told["asker_name"],
                asker_phone=told["asker_phone"],
                submission=submission,
                by=self.request.user,
                now=self.now,
            )
        except (AlreadyBooked, TimeTaken) as refusal:
            return self.times_page(refusal=str(refusal))
        people = [appointment.person]
        record(self.request, people, AccessRecord.Action.CHANGE, self.now)
        return redirect("desk_staff:appointment_booked", appointment_pk=appointment.pk)

    @property
    def _is_for_another(self) -> bool:
        return bool(self.errand.cleaned_data["relation"] != Relation.SELF)

    def _slots(self, typed: Any) -> SlotForm:
        point, service = self.errand.chosen
        return SlotForm(typed, days=days_with_room(point, service, now=self.now))

    def _page(self, stage: str, **shown: Any) -> HttpResponse:
        person = self.caller.person
        context = {
            "caller": self.caller,
            "line": caller_lines([person], now=self.now)[0] if person else None,
            "person": person.pk if person else NEW,
            "told": self.told,
            "submission": submission_of(self.request.POST),
            "documents": documents_for(self.errand.chosen[1]) if self.errand.is_valid() else (),
            **shown,
        }
        return page(self.request, stage, context)
