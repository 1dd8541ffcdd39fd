"""The one validator for free text: numbers of the card that may not be kept (番号法)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mynumber.rules.forbidden_numbers import forbidden_numbers

REFUSAL = _(
    "This looks like a number from a card. Please leave it out: the city may not keep it here."
)


def refuse_forbidden_numbers(text: str) -> None:
    """Raise ValidationError if the text holds a personal, residence card or application number.

    The message never repeats the number, so that it reaches neither page nor log.
    """
    if forbidden_numbers(text):
        raise ValidationError(REFUSAL, code="forbidden_number")
