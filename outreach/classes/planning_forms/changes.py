"""Move a class, change its tutors and numbers, call it off, offer other days."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.classes.models import ClassSession, Tutor
from outreach.classes.planning_forms.questions import (
    DATE_HINT,
    HoursForm,
    PlaceForm,
    PlacesForm,
    moment,
)

REASON_LENGTH = 200


class MoveForm(HoursForm, PlaceForm):
    """Another day, time or place for a class."""

    on = WrittenDateField(
        label=_("Date"),
        help_text=DATE_HINT,
        error_messages={"required": _("Write the date of the class.")},
    )

    field_order = ("on", "start", "end", "venue", "room")

    @classmethod
    def as_it_is(cls, session: ClassSession) -> dict[str, Any]:
        """What stands in the form before anything is changed."""
        start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        return {
            "on": start.date(),
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "venue": session.venue_id,
            "room": session.room,
        }

    def moved(self) -> dict[str, Any]:
        """The answers as `changes.move` takes them."""
        answers = dict(self.cleaned_data)
        on, start, end = (answers.pop(name) for name in ("on", "start", "end"))
        return {**answers, "starts_at": moment(on, start), "ends_at": moment(on, end)}


class AdjustForm(PlacesForm):
    """Other tutors or numbers for a class."""

    def __init__(self, *args: Any, session: ClassSession, **kwargs: Any) -> None:
        names = ("capacity", "handsets", "bus_seats", "min_people")
        teaching = list(session.tutors.all())
        initial = {name: getattr(session, name) for name in names} | {"tutors": teaching}
        super().__init__(*args, initial=initial, **kwargs)
        # Who teaches this class stays, also when they take no new ones.
        stays = Tutor.objects.filter(pk__in=[tutor.pk for tutor in teaching])
        choices = Tutor.objects.to_choose_from() | stays
        self.fields["tutors"].queryset = choices.order_by("name", "pk")  # type: ignore[attr-defined]


class CallOffForm(GuardedForm):
    """Why a class is called off; people are told in these words."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("The people who registered read it, for example 大雪のため."),
        error_messages={"required": _("Write why the class is called off.")},
    )


class ElsewhereForm(GuardedForm):
    """Other days for the people of a class that was called off."""

    def __init__(self, *args: Any, days: list[ClassSession], **kwargs: Any) -> None:
        self.days = {str(day.pk): day for day in days}
        super().__init__(*args, **kwargs)
        self.fields["elsewhere"] = forms.MultipleChoiceField(
            label=_("Other days"),
            choices=[(key, _day_in_words(day)) for key, day in self.days.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one day.")},
        )

    def elsewhere(self) -> list[ClassSession]:
        """The chosen days, soonest first."""
        chosen = set(self.cleaned_data["elsewhere"])
        return [day for key, day in self.days.items() if key in chosen]


def _day_in_words(day: ClassSession) -> str:
    """When and where, and what is free: what an officer needs to choose."""
    return gettext(
        "%(day)s (%(weekday)s) %(start)s, %(venue)s: %(free)d seats free, %(wait)d wait"
    ) % {
        "day": date_format(timezone.localtime(day.starts_at), "DATE_FORMAT"),
        "weekday": date_format(timezone.localtime(day.starts_at), "D"),
        "start": f"{timezone.localtime(day.starts_at):%H:%M}",
        "venue": day.venue,
        "free": day.seats_left,
        "wait": day.waiting,
    }
