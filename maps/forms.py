"""Which date to look at."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from maps.sentences import written_date
from mynumber.forms import GuardedForm


class DateForm(GuardedForm):
    """One of the dates there are counts of; the newest where nothing is asked."""

    as_of = forms.TypedChoiceField(
        label=_("Counts of"),
        coerce=date.fromisoformat,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": _("There are no counts of this date. Choose one from the list.")
        },
    )

    def __init__(self, *args: Any, dates: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedChoiceField, self.fields["as_of"])
        field.choices = [(day.isoformat(), written_date(day)) for day in dates]

    def chosen(self) -> date | None:
        """The date asked for, None where none or none of ours was."""
        return self.cleaned_data.get("as_of") if self.is_valid() else None

    def sentence(self) -> str:
        """What is wrong with the date asked for."""
        return " ".join(map(str, self.errors.get("as_of", [])))
