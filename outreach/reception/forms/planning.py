"""Plan the days of a counter or a mobile desk by a rule."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.places.forms import WrittenTimeField
from outreach.places.models import Venue
from outreach.places.rules.planned_days import Rule
from outreach.reception.actions.opening_days import Opening
from outreach.reception.models import ReceptionPoint

# One fiscal year is planned at a time.
LONGEST_PLAN = timedelta(days=366)
MOST_BOOTHS = 20


class OpeningForm(GuardedForm):
    """Which point opens, where, on which days, from when to when, with how many booths."""

    point = forms.ModelChoiceField(
        label=_("Counter or mobile desk"),
        queryset=ReceptionPoint.objects.to_choose_from(),
        empty_label=None,
    )
    venue = forms.ModelChoiceField(
        label=_("Venue"),
        queryset=Venue.objects.to_choose_from(),
        required=False,
        empty_label=_("Its own"),
        help_text=_("Where a mobile desk goes on these days. A counter is where it is."),
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
        help_text=_("For example 2026-12-05, 2026年12月5日 or 令和8年12月5日."),
        error_messages={"required": _("Write the first day.")},
    )
    last = WrittenDateField(
        label=_("Last day"), error_messages={"required": _("Write the last day.")}
    )
    start = WrittenTimeField(
        label=_("Opens at"),
        max_length=20,
        help_text=_("For example 10:00 or 午後1時30分."),
        error_messages={"required": _("Write when the counter opens.")},
    )
    end = WrittenTimeField(
        label=_("Closes at"),
        max_length=20,
        error_messages={"required": _("Write when the counter closes.")},
    )
    break_from = forms.CharField(label=_("Break from"), required=False, max_length=20)
    break_to = forms.CharField(label=_("Break until"), required=False, max_length=20)
    booths = forms.IntegerField(
        label=_("Number of booths"),
        required=False,
        min_value=1,
        max_value=MOST_BOOTHS,
        help_text=_("Empty: as many as the point has."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write the number of booths in digits, for example 3.")},
    )

    def clean_break_from(self) -> Any:
        return self._time_or_none("break_from")

    def clean_break_to(self) -> Any:
        return self._time_or_none("break_to")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        first, last = answers.get("first"), answers.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day comes before the first one."))
        elif first and last and last - first > LONGEST_PLAN:
            self.add_error("last", gettext("Plan at most one year at a time."))
        return answers

    def opening(self) -> Opening:
        """The answers as `opening_days.preview` and `opening_days.plan` take them."""
        answers = dict(self.cleaned_data)
        rule = Rule(
            weekdays=frozenset(answers.pop("weekdays")),
            **{name: answers.pop(name) for name in ("first", "last", "start", "end")},
        )
        point: ReceptionPoint = answers["point"]
        answers["venue"] = answers["venue"] or point.venue
        answers["booths"] = answers["booths"] or point.booths
        return Opening(rule=rule, **answers)

    def _time_or_none(self, name: str) -> Any:
        written = self.cleaned_data[name]
        return WrittenTimeField(max_length=20).clean(written) if written else None
