from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from outreach.visits.rules.birth_years import BirthYearNotUnderstood, parse_birth_year

WRITTEN_YEAR_LENGTH = 40


class BirthYearField(forms.CharField):
    """A year of birth in either calendar; cleans to the western year, or None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", WRITTEN_YEAR_LENGTH)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """Raises ValidationError with what to do about it."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return parse_birth_year(written, this_year=timezone.localdate().year)
        except BirthYearNotUnderstood as refusal:
            raise ValidationError(
                gettext(refusal.fault.value), code=refusal.fault.name.lower()
            ) from None
