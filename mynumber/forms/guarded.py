"""Refuse card numbers, keep what was typed, ask no browser."""

from typing import Any

from django import forms

from mynumber.validators import refuse_forbidden_numbers


class GuardedForm(forms.Form):
    """A form none of whose free-text fields accepts a number that may not be kept.

    The server's own sentences stand in for the browser's bubbles, which many readers miss, so
    no `required` attribute is written. A field that holds a telephone number says
    `holds_phone = True`: 10 % of mobiles written 81… look like a personal number.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not getattr(field, "holds_phone", False):
                field.validators.append(refuse_forbidden_numbers)
