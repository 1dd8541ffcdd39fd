from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.visits.forms.outcome import OutcomeForm
from outreach.visits.models import VisitRequest
from outreach.visits.step_words import steps_from

REASON_LENGTH = 300


class StepForm(GuardedForm):
    """The next step of a request, on its day. `seen` is where the page said the request stands."""

    seen = forms.CharField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label=pgettext_lazy("card", "What has happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": pgettext_lazy("card", "Choose what has happened.")},
    )
    on = WrittenDateField(
        label=_("On which day?"),
        error_messages={"required": _("Write the day on which it happened.")},
    )
    why = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Needed when the request ends without a card. No illnesses, no numbers."),
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", state)
        seen = self.data.get("seen", state)
        self.fields["to"].choices = steps_from(seen)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        ends = answers.get("to") == VisitRequest.State.ENDED
        if ends and not answers.get("why") and "why" not in self.errors:
            self.add_error("why", _("Write in a few words why it ends without a card."))
        return answers


class UndoForm(GuardedForm):
    """Why the last step was wrong."""

    seen = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why was it wrong?"),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Write in a few words what was wrong.")},
    )


class CorrectionForm(OutcomeForm):
    """Another outcome for a visit, and why."""

    why = forms.CharField(
        label=_("Why was it wrong?"),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Write in a few words what was wrong.")},
    )
