from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_MEANS = {"yes": True, "no": False, "unknown": None}


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or “I do not know”; cleans to True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know"))],
            coerce=_MEANS.__getitem__,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )
