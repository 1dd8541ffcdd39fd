from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.visits.models import Team, Visit


class PlanForm(GuardedForm):
    """Which team goes, on which day, in which part of it."""

    # The visit that stood on the page, when the request had a day already: the one to move.
    visit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.to_choose_from(),
        error_messages={
            "required": _("Choose the team that goes."),
            "invalid_choice": _("This team is no longer there. Choose another one."),
        },
    )
    visit_on = WrittenDateField(
        label=_("Day of the visit"),
        help_text=_("In any of these ways: 2026-12-01, 2026/12/1, R8.12.1"),
        error_messages={"required": _("Write the day of the visit.")},
    )
    time_slot = forms.ChoiceField(
        label=_("Time slot"),
        choices=Visit.TimeSlot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose morning or afternoon.")},
    )
    agreed = forms.BooleanField(label=_("They have agreed to the new day"), required=False)

    def __init__(self, *args: Any, is_confirmed: bool = False, **kwargs: Any) -> None:
        """With a tick for what they agreed to where they have confirmed another day before."""
        super().__init__(*args, **kwargs)
        if not is_confirmed:
            del self.fields["agreed"]
