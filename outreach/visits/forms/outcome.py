from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.visits.models import Visit

NOTE_LENGTH = 1000
# What whoever was there can say; a visit is called off elsewhere.
OUTCOMES = [(value, label) for value, label in Visit.Outcome.choices if value not in Visit.NOT_MADE]


class OutcomeForm(GuardedForm):
    """How a visit ended, written down once by whoever was there."""

    outcome = forms.ChoiceField(
        label=_("How did the visit end?"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        help_text=_("“Has died” and “Has moved away” end everything that is open for the person."),
        error_messages={"required": _("Choose how the visit ended.")},
    )
    note = forms.CharField(
        label=_("Note for the next visit"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what the next visit needs. No illnesses, no number of the card, no PIN."),
    )
