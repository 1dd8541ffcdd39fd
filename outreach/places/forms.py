"""Fields about the town: where somebody lives, as coarsely as will do, and times of day."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outreach.places.models import District
from outreach.places.rules.clock_times import TimeNotUnderstood, parse_clock_time

READERS_OF_JAPANESE = frozenset({"ja", "ja-easy"})


class DistrictField(forms.ModelChoiceField):
    """One district of the set in force, optional unless the form says otherwise.

    Names stand in the reader's script: Japanese for ja and ja-easy, roman letters for others
    where the set has them.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("District"))
        kwargs.setdefault("empty_label", _("I do not know"))
        super().__init__(queryset=District.objects.to_choose_from(), **kwargs)

    def label_from_instance(self, obj: District) -> str:
        if get_language() in READERS_OF_JAPANESE:
            return obj.name
        return obj.name_roman or obj.name


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
