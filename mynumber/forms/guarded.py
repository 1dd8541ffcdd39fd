"""Refuse card numbers, keep what was typed, ask no browser."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mynumber.rules.forbidden_numbers import masked
from mynumber.validators import refuse_forbidden_numbers

TOO_LONG = _("This text is too long. Write it in at most %(limit_value)d characters.")
# Django's two sentences for an answer that was not among the choices.
_REPEATS_WHAT_CAME = forms.ChoiceField.default_error_messages["invalid_choice"]
_SAYS_NOTHING_OF_IT = forms.ModelChoiceField.default_error_messages["invalid_choice"]


class _Echo(forms.BoundField):
    """A field that shows again what was typed, without the numbers that may not be kept."""

    def value(self) -> Any:
        """What the page shows; the form itself still judges what really came."""
        return echo(self.field, super().value())


class GuardedForm(forms.Form):
    """A form none of whose free-text fields accepts a number that may not be kept.

    What was refused is not sent back to the browser either: the number stands there as ●●●, the
    words around it as typed. The server's own sentences stand in for the browser's bubbles, which
    many readers miss, so no `required` attribute is written. A field that holds a telephone
    number says `holds_phone = True`: 10 % of mobiles written 81… look like a personal number.
    """

    bound_field_class = _Echo
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.setdefault("max_length", TOO_LONG)
            if isinstance(field, forms.CharField) and not getattr(field, "holds_phone", False):
                field.validators.append(refuse_forbidden_numbers)
            elif field.error_messages.get("invalid_choice") == _REPEATS_WHAT_CAME:
                field.error_messages["invalid_choice"] = _SAYS_NOTHING_OF_IT


def echo(field: forms.Field, typed: Any) -> Any:
    """What may be sent back to the browser of what was typed into a field.

    A telephone number that can be read is left alone, whatever else it looks like.
    """
    if not isinstance(typed, str):
        return typed
    safe = masked(typed)
    if safe != typed and getattr(field, "holds_phone", False) and _is_readable(field, typed):
        return typed
    return safe


def _is_readable(field: forms.Field, typed: str) -> bool:
    try:
        field.clean(typed)
    except ValidationError:
        return False
    return True
