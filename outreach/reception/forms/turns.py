"""What an officer presses at the counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.reception.models import ReceptionPoint, Service


class DrawForm(GuardedForm):
    """A number for somebody who comes without an appointment."""

    service = forms.ChoiceField(
        label=_("What it is for"),
        choices=Service.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for.")},
    )

    def __init__(self, *args: Any, point: ReceptionPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in point.services
        ]
