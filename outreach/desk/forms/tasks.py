"""The filter above the desk's tasks, and the note under one of them."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.desk.forms.colleagues import ColleagueField
from outreach.desk.task_list import KIND_WORDS
from outreach.people.colleagues import colleagues_who_may

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


class HandOverForm(GuardedForm):
    """Who goes on with a task, and how far it has come."""

    to = ColleagueField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )
    words = forms.CharField(
        label=_("How far it has come"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = colleagues_who_may("people.do_tasks").exclude(pk=by.pk)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class NoteForm(GuardedForm):
    """How far a task has come, and when to go on with it."""

    words = forms.CharField(
        label=_("How far it has come"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write how far it has come.")},
    )
    on = WrittenDateField(
        label=_("Not before"), required=False, help_text=_("Empty: today. Like 2026-10-05.")
    )


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
