"""Plan a class on one day, or on many by a rule."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import WrittenDateField
from outreach.classes.actions.sessions import Season
from outreach.classes.models import Course
from outreach.classes.planning_forms.questions import (
    DATE_HINT,
    HoursForm,
    PlaceForm,
    PlacesForm,
    moment,
)
from outreach.places.rules.planned_days import Rule

# One fiscal year is planned at a time.
LONGEST_PLAN = timedelta(days=366)


class SessionForm(HoursForm, PlaceForm, PlacesForm):
    """A class an officer plans: what, where, when, and for how many."""

    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.to_choose_from(), empty_label=None
    )
    on = WrittenDateField(
        label=_("Date"),
        help_text=DATE_HINT,
        error_messages={"required": _("Write the date of the class.")},
    )

    field_order = ("course", "on", "start", "end", "venue", "room", "tutors")

    def plan(self) -> dict[str, Any]:
        """The answers as `sessions.announce` takes them; times of day are the town's."""
        answers = dict(self.cleaned_data)
        on, start, end = (answers.pop(name) for name in ("on", "start", "end"))
        return {**answers, "starts_at": moment(on, start), "ends_at": moment(on, end)}


class SeasonForm(HoursForm, PlaceForm, PlacesForm):
    """A class an officer plans on many days by a rule."""

    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.to_choose_from(), empty_label=None
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day of the week.")},
    )
    first = WrittenDateField(
        label=_("First day"),
        help_text=DATE_HINT,
        error_messages={"required": _("Write the first day.")},
    )
    last = WrittenDateField(
        label=_("Last day"), error_messages={"required": _("Write the last day.")}
    )

    is_whole = forms.BooleanField(
        label=_("The days build on each other: one registration is for all of them"),
        required=False,
        help_text=_(
            "People get a seat on every day, or wait for the series as a whole. "
            "Nobody can register any more once the first day has begun."
        ),
    )

    field_order = (
        *("course", "is_whole", "weekdays", "first", "last"),
        *("start", "end", "venue", "room", "tutors"),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        first, last = answers.get("first"), answers.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day comes before the first one."))
        elif first and last and last - first > LONGEST_PLAN:
            self.add_error("last", gettext("Plan at most one year at a time."))
        return answers

    def season(self) -> Season:
        """The answers as `sessions.preview` and `sessions.plan` take them."""
        answers = dict(self.cleaned_data)
        rule = Rule(
            weekdays=frozenset(answers.pop("weekdays")),
            **{name: answers.pop(name) for name in ("first", "last", "start", "end")},
        )
        return Season(rule=rule, **answers)
