"""Booking a time at a counter on the web: one question to a page, a check, a confirmation."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outreach.people.questionnaire import CHECK, QuestionPage
from outreach.people.read_back import read_back
from outreach.reception.actions import appointments, bookings
from outreach.reception.actions.appointments import AlreadyBooked, AppointmentEnded, TimeTaken
from outreach.reception.documents import documents_for
from outreach.reception.forms.questionnaire import BookingQuestionnaire
from outreach.reception.links import confirmation_token
from outreach.reception.models import Appointment

SEND = "send"
HEADINGS = {
    "service": _("Book a time at the counter"),
    "day": _("Day"),
    "time": _("Time"),
    "who": _("Who comes"),
    "asker": _("About you, who book for somebody"),
    "person": _("The person who comes"),
    "reach": _("How we can reach you"),
}
CHECK_HEADINGS = {**HEADINGS, "service": _("What it is for")}


@dataclass(frozen=True, slots=True)
class Booking:
    """One press of a button on the way to one time."""

    request: HttpRequest
    asked: BookingQuestionnaire
    now: datetime

    def answer(self) -> HttpResponse:
        """The page the last press leads to; the last of them books."""
        asked, post = self.asked, self.request.POST
        sends = post.get("go") == SEND and asked.knows(post.get("step", ""))
        if not sends:
            page = asked.due(post)
            return self._check() if page.form is None else self._question(page)
        if earlier := Appointment.objects.filter(submission=asked.mark).first():
            # The second click on the last free time belongs to who has just got it.
            return redirect("counters:booked", token=confirmation_token(earlier))
        if wrong := asked.first_to_answer():
            return self._question(QuestionPage(wrong, asked.judged(wrong), seen_check=True))
        return self._send()

    def _send(self) -> HttpResponse:
        try:
            appointment = self._booked()
        except (AlreadyBooked, AppointmentEnded) as refusal:
            return self._check(refusal=str(refusal))
        except TimeTaken:
            # Somebody else was faster: the page with the times that are left, everything kept.
            return self._question(
                QuestionPage("time", self._again().judged("time"), seen_check=True)
            )
        return redirect("counters:booked", token=confirmation_token(appointment))

    def _again(self) -> BookingQuestionnaire:
        asked = self.asked
        return BookingQuestionnaire(
            self.request.POST,
            point=asked.point,
            now=self.now,
            known=asked.known,
            moving=asked.moving,
        )

    def _booked(self) -> Appointment:
        asked, slot = self.asked, self.asked.chosen()
        assert asked.day is not None  # noqa: S101  (there is a slot on it)
        if asked.moving:
            return appointments.change(
                appointment=asked.moving, day=asked.day, starts_at=slot.starts_at, now=self.now
            )
        if asked.known:
            return bookings.take_known(
                person=asked.known,
                day=asked.day,
                starts_at=slot.starts_at,
                service=asked.service,
                submission=asked.mark,
                now=self.now,
            )
        return bookings.take(
            **asked.told(),
            day=asked.day,
            starts_at=slot.starts_at,
            submission=asked.mark,
            language=get_language(),
            how=Appointment.How.WEB,
            now=self.now,
        )

    def _question(self, page: QuestionPage) -> HttpResponse:
        asked, typed = self.asked, self.request.method == "POST"
        return self._show(
            "question",
            form=page.form,
            step=page.step,
            heading=HEADINGS[page.step],
            is_first=page.step == asked.first,
            nothing_free=page.step == "day" and not asked.days,
            position=asked.steps.index(page.step) + 1,
            count=len(asked.steps) + 1,
            carried=asked.carried(besides=page.step),
            seen_check=page.seen_check,
            kept_answers=asked.kept(page.step, seen_check=page.seen_check) if typed else [],
        )

    def _check(self, *, refusal: str = "") -> HttpResponse:
        asked = self.asked
        groups = []
        for step in asked.steps:
            form = asked.judged(step)
            if form.is_valid():
                heading = CHECK_HEADINGS[step]
                groups.append({"step": step, "heading": heading, "lines": list(read_back(form))})
        return self._show(
            "check",
            groups=groups,
            documents=documents_for(asked.service),
            carried=asked.carried(),
            kept_answers=asked.kept(CHECK),
            refusal=refusal,
        )

    def _show(self, template: str, **context: object) -> HttpResponse:
        asked = self.asked
        about = {
            "point": asked.point,
            "submission": asked.submission,
            "is_for_another": asked.is_for_another,
            "known": asked.known,
            "moving": asked.moving,
        }
        return render(self.request, f"reception/{template}.html", {**about, **context})
