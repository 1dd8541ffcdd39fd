"""What every form that plans a class asks: when, where, by whom, for how many."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.classes.models import Tutor
from outreach.classes.models.class_session import MIN_PEOPLE
from outreach.places.forms import WrittenTimeField
from outreach.places.models import Venue

# A venue of the city holds fewer; a typing error holds more.
MOST_SEATS = 200

DATE_HINT = _("For example 2026-12-05, 2026年12月5日 or 令和8年12月5日.")


def _number(label: Any, *, least: int, initial: int | None, invalid: Any) -> forms.IntegerField:
    """A number in digits of any width; one with an `initial` may be left empty and is that."""
    return forms.IntegerField(
        label=label,
        required=initial is None,
        min_value=least,
        max_value=MOST_SEATS,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": invalid, "invalid": invalid},
    )


class HoursForm(GuardedForm):
    """From when to when."""

    start = WrittenTimeField(
        label=_("Begins at"),
        max_length=20,
        help_text=_("For example 10:00 or 午後1時30分."),
        error_messages={"required": _("Write when the class begins.")},
    )
    end = WrittenTimeField(
        label=_("Ends at"),
        max_length=20,
        error_messages={"required": _("Write when the class ends.")},
    )


class PlaceForm(GuardedForm):
    """In which venue, and in which of its rooms."""

    venue = forms.ModelChoiceField(
        label=_("Venue"), queryset=Venue.objects.to_choose_from(), empty_label=None
    )
    room = forms.CharField(
        label=_("Room"),
        required=False,
        max_length=80,
        help_text=_("As the venue calls it. Empty: the class has the whole venue."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        venue, room = answers.get("venue"), answers.get("room")
        if venue and room and venue.room_names and room not in venue.room_names:
            self.add_error(
                "room",
                gettext("This venue has no such room. Its rooms are: %(rooms)s.")
                % {"rooms": "、".join(venue.room_names)},
            )
        return answers


class PlacesForm(GuardedForm):
    """Who teaches, and for how many people."""

    tutors = forms.ModelMultipleChoiceField(
        label=_("Tutors"),
        queryset=Tutor.objects.to_choose_from(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = _number(
        _("Number of seats"),
        least=1,
        initial=None,
        invalid=_("Write the number of seats in digits, for example 10."),
    )
    handsets = _number(
        _("Smartphones to lend"),
        least=0,
        initial=0,
        invalid=_("Write the number of smartphones in digits; 0 if none are lent."),
    )
    bus_seats = _number(
        _("Seats in the bus"),
        least=0,
        initial=0,
        invalid=_("Write the number of seats in digits; 0 if no rides are given."),
    )
    min_people = _number(
        _("Smallest number of people"),
        least=0,
        initial=MIN_PEOPLE,
        invalid=_("Write in digits how many people the class needs to be held."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for name in ("handsets", "bus_seats", "min_people"):
            if name in answers and answers[name] is None:
                answers[name] = self.fields[name].initial
        if answers.get("min_people", 0) > answers.get("capacity", MOST_SEATS):
            self.add_error(
                "min_people", gettext("The class would need more people than it has seats.")
            )
        return answers


def moment(on: date, at: time) -> datetime:
    """A day and a time of day as the town's clock shows them."""
    return datetime.combine(on, at, tzinfo=timezone.get_default_timezone())
