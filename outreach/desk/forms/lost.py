"""The form of somebody who lost their link or reference."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.models import ContactPoint
from notifications.rules.phones import PhoneNotUnderstood, parse_phone

WRITTEN_LENGTH = 254


@dataclass(frozen=True, slots=True)
class WrittenPoint:
    """A number or address as a ContactPoint keeps it."""

    kind: str
    value: str


class PhoneOrEmailField(forms.CharField):
    """A phone number in any way of writing or an e-mail address; cleans to a WrittenPoint."""

    holds_phone = True

    def clean(self, value: Any) -> WrittenPoint:
        written = super().clean(value)
        if "@" in written or "＠" in written:
            return WrittenPoint(ContactPoint.Kind.EMAIL, _email(written))
        try:
            return WrittenPoint(ContactPoint.Kind.PHONE, parse_phone(written).e164)
        except PhoneNotUnderstood as refusal:
            raise ValidationError(gettext(refusal.fault.value), code="phone") from None


class LostForm(GuardedForm):
    """One question: the number or address somebody gave the city earlier."""

    point = PhoneOrEmailField(
        label=_("Phone number or e-mail address"),
        max_length=WRITTEN_LENGTH,
        help_text=_("The one you gave us when you signed up."),
        widget=forms.TextInput(attrs={"autocomplete": "on"}),
        error_messages={"required": _("Write the phone number or e-mail address you gave us.")},
    )


def _email(written: str) -> str:
    plain = written.replace("＠", "@").strip().lower()
    try:
        validate_email(plain)
    except ValidationError:
        raise ValidationError(
            gettext("This is not an e-mail address we can use. Write it like name@example.com."),
            code="email",
        ) from None
    return plain
