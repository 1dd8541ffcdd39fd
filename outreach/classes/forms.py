"""What residents and officers fill in about classes."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from mynumber.forms import GuardedForm, WrittenDateField
from mynumber.validators import refuse_forbidden_numbers
from outreach.classes.models import Course
from outreach.classes.rules.clock_times import TimeNotUnderstood, parse_clock_time
from outreach.people.forms import PersonForm
from outreach.places.models import Venue

NOTE_LENGTH = 500
# A venue of the city holds fewer; a typing error holds more.
MOST_SEATS = 200


class RegistrationForm(PersonForm):
    """Who comes to a class, what the tutor should know, and whether to tell them of new ones."""

    note = forms.CharField(
        label=_("What we should know"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "For example: I come in a wheelchair. I would like to borrow a smartphone. "
            "Please do not write about illnesses."
        ),
    )
    wants_news = forms.BooleanField(
        label=_(
            "Tell me about new classes. The city may send me messages about smartphone classes. "
            "I can stop them at any time by calling the city."
        ),
        required=False,
    )

    @property
    def news_wording(self) -> str:
        """The sentence that was agreed to, as it stood on the page; empty if it was not."""
        return str(self.fields["wants_news"].label) if self.cleaned_data["wants_news"] else ""


class CallerForm(RegistrationForm):
    """The same for somebody on the telephone, whose messages may come in another language."""

    language = forms.ChoiceField(
        label=_("Language of the messages"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )


class WrittenTimeField(forms.CharField):
    """A time of day in any way staff write it; cleans to a time."""

    def clean(self, value: Any) -> time:
        written = super().clean(value)
        try:
            return parse_clock_time(written)
        except TimeNotUnderstood:
            raise forms.ValidationError(
                _("This is not a time of day we can read. Write it like 10:00 or 午後1時30分."),
                code="time",
            ) from None


class SessionForm(GuardedForm):
    """A class an officer plans: what, where, when, and for how many."""

    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.to_choose_from(), empty_label=None
    )
    venue = forms.ModelChoiceField(
        label=_("Venue"), queryset=Venue.objects.to_choose_from(), empty_label=None
    )
    on = WrittenDateField(
        label=_("Date"),
        help_text=_("For example 2026-12-05, 2026年12月5日 or 令和8年12月5日."),
        error_messages={"required": _("Write the date of the class.")},
    )
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
    capacity = forms.IntegerField(
        label=_("Number of seats"),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many people can take part."),
            "invalid": _("Write the number of seats in digits, for example 10."),
        },
    )

    def plan(self) -> dict[str, Any]:
        """The answers as `sessions.announce` takes them; times of day are the town's."""
        answers = self.cleaned_data
        town = timezone.get_default_timezone()
        return {
            "course": answers["course"],
            "venue": answers["venue"],
            "starts_at": datetime.combine(answers["on"], answers["start"], tzinfo=town),
            "ends_at": datetime.combine(answers["on"], answers["end"], tzinfo=town),
            "capacity": answers["capacity"],
        }


class CourseForm(WagtailAdminModelForm):
    """What editors write about a course, in every language: guarded like all free text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_forbidden_numbers)
