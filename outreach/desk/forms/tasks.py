"""The filter above the desk's tasks, and the note under one of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.desk.task_list import KIND_WORDS

NOTE_LENGTH = 1000


class TaskFilterForm(GuardedForm):
    """Which tasks to show; an answer nobody offers counts as none."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *KIND_WORDS.items()]
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("Everybody's")), ("mine", _("Only mine"))],
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """The valid answers that were given."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FinishForm(GuardedForm):
    """What came of a task. Which answer it was is said by the button that was pressed."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only what a colleague needs next. No illnesses, no number of the card, no PIN."
        ),
    )
