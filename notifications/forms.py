"""Form fields for reaching people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from notifications.rules.phones import Phone, PhoneNotUnderstood, parse_phone

# A generous limit: whoever writes "自宅 0186 – 30 – 0203 (夜)" is told what is wrong, not cut off.
WRITTEN_PHONE_LENGTH = 60


class PhoneField(forms.CharField):
    """One phone number in any way of writing; cleans to a Phone, or None when left empty.

    `holds_phone` keeps the guard against card numbers away: one mobile in ten written 81… looks
    like one.
    """

    holds_phone = True
    widget = forms.TelInput(attrs={"autocomplete": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", WRITTEN_PHONE_LENGTH)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Phone | None:
        """The number as the rules read it. Raises ValidationError with what to do about it."""
        written = super().clean(value)
        if not written:
            return None
        try:
            return parse_phone(written)
        except PhoneNotUnderstood as refusal:
            raise ValidationError(
                gettext(refusal.fault.value), code=refusal.fault.name.lower()
            ) from None

    def prepare_value(self, value: Any) -> Any:
        """A number on record is shown the way people at home read it."""
        return value.national if isinstance(value, Phone) else value


class EmailField(forms.EmailField):
    """An e-mail address in small letters, as a ContactPoint keeps it.

    Made small before its length is judged: İ becomes two characters.
    """

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()
