"""The questions of somebody who books a time at a counter, one group to a page."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from mynumber.forms import GuardedForm
from outreach.people.forms import NameForm
from outreach.places.models import Venue
from outreach.places.rules.seats import SeatWord
from outreach.reception.models import ReceptionPoint, Relation, Service
from outreach.reception.openings import DayChoice
from outreach.reception.rules.slots import Slot
from outreach.visits.forms.birth_year import BirthYearField

_READING = re.compile(r"\{([^{}|]+)\|[^{}|]+\}")
SEAT_WORDS = {
    SeatWord.FREE: _("Times free"),
    SeatWord.FEW: _("Few times left"),
    SeatWord.FULL: _("Full"),
}


class ServiceForm(GuardedForm):
    """What somebody comes for: only what this point does."""

    service = forms.ChoiceField(
        label=_("What would you like to do?"),
        choices=Service.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you would like to do.")},
    )

    def __init__(self, *args: Any, point: ReceptionPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        offer(field, [(one.value, one.label) for one in point.services])


class DayForm(GuardedForm):
    """On which day; days without a free time for the service are not there."""

    day = forms.ChoiceField(
        label=_("On which day would you like to come?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a day."),
            "invalid_choice": _("This day is full by now. Choose another one."),
        },
    )

    def __init__(self, *args: Any, days: Iterable[DayChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = list(days)
        offer(self.fields["day"], [(str(one.day.pk), day_words(one)) for one in self.days])


class TimeForm(GuardedForm):
    """At which time of that day."""

    time = forms.ChoiceField(
        label=_("At what time?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("This time has just been taken. Please choose another one."),
        },
    )

    def __init__(self, *args: Any, slots: Iterable[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self.fields["time"],
            [(time_value(one.starts_at), clock(one.starts_at)) for one in slots],
        )


class WhoForm(GuardedForm):
    """Who comes to the counter, seen from whoever fills in the form."""

    relation = forms.ChoiceField(
        label=_("Who comes to the counter?"),
        choices=[
            (Relation.SELF, _("I come myself")),
            (Relation.FAMILY, _("A member of my family")),
            (Relation.CARE_MANAGER, _("Somebody I look after as a care manager")),
            (Relation.FACILITY, _("Somebody who lives in the facility I work at")),
            (Relation.OTHER, _("Somebody else")),
        ],
        help_text=_("Each person books separately. One phone number for a family is fine."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who comes to the counter.")},
    )


class VisitorForm(NameForm):
    """The person who comes; the year helps to keep namesakes apart."""

    birth_year = BirthYearField(
        label=_("Year of birth"),
        required=False,
        help_text=_("Only the year, like 1944 or S19."),
    )

    def __init__(self, *args: Any, is_for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_for_another:
            # The browser would offer the asker's own name.
            self.fields["name"].widget.attrs["autocomplete"] = "off"


def offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    """Offer these choices and no others."""
    field.choices = choices  # type: ignore[attr-defined]


def day_words(choice: DayChoice) -> str:
    """Day, day of the week, where a mobile desk goes, and how much is free."""
    day = choice.day
    on = f"{date_format(day.on, 'DATE_FORMAT')} ({date_format(day.on, 'l')})"
    place = f" {plain_name(day.venue)}" if day.venue_id != day.point.venue_id else ""
    return f"{on}{place} – {SEAT_WORDS[choice.word]}"


def plain_name(venue: Venue) -> str:
    """The venue's name for an option, which can hold no furigana."""
    own = getattr(venue, build_localized_fieldname("name", get_language() or "ja"), "")
    return _READING.sub(r"\1", own or str(venue))


def time_value(moment: datetime) -> str:
    """A time of day as a form sends it."""
    return f"{timezone.localtime(moment, timezone.get_default_timezone()):%H:%M}"


def clock(moment: datetime) -> str:
    """A time of day as the reader writes it."""
    return date_format(timezone.localtime(moment), "TIME_FORMAT")
