"""Dates as people write them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from mynumber.rules.wareki import DateNotUnderstood, parse_japanese_date

# A generous limit: a date with a remark beside it is told what is wrong, not cut off.
WRITTEN_DATE_LENGTH = 40


class WrittenDateField(forms.CharField):
    """A date in any way it is written in Japan; cleans to a date, or None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", WRITTEN_DATE_LENGTH)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        """The day as the rules read it. Raises ValidationError with what to do about it."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return parse_japanese_date(written)
        except DateNotUnderstood as refusal:
            raise ValidationError(
                gettext(refusal.fault.value), code=refusal.fault.name.lower()
            ) from None
