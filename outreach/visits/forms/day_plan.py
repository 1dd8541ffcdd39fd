from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from outreach.visits.models import Team

STEPS = [(step, step) for step in ("propose", "replan", "swap", "save")]


class KeysField(forms.Field):
    """Keys of requests, from boxes that were ticked."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> frozenset[int]:
        try:
            return frozenset(int(each) for each in value or ())
        except ValueError:
            raise ValidationError("These are no keys.") from None


class DayPlanForm(forms.Form):
    """What an officer does next with a day: propose, plan again, swap two visits, save."""

    step = forms.ChoiceField(choices=STEPS)
    team = forms.ModelChoiceField(queryset=Team.objects.to_choose_from(), required=False)
    estimated = forms.BooleanField(required=False)
    keep = KeysField(required=False)
    one = forms.IntegerField(required=False)
    other = forms.IntegerField(required=False)
