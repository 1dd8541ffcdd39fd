"""Which classes the desk wants to see."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.classes.models import Course

# The months that can be chosen: the last half year and the coming one and a half.
MONTHS_BACK, MONTHS_AHEAD = 6, 18


class FilterForm(GuardedForm):
    """Which classes the desk wants to see; an answer nobody offered filters nothing."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    course = forms.ModelChoiceField(
        label=_("Course"),
        queryset=Course.objects.to_choose_from(),
        required=False,
        empty_label=_("All"),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Open")),
            ("full", _("Full")),
            ("over", _("Over")),
            ("called_off", _("Called off")),
        ],
    )
    flag = forms.ChoiceField(
        label=_("Marked"),
        required=False,
        choices=[
            ("", _("All")),
            ("too_few", _("Too few people")),
            ("moved", _("Moved")),
            ("no_tutor", _("No tutor yet")),
        ],
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [_month(today, offset) for offset in range(-MONTHS_BACK, MONTHS_AHEAD + 1)]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            ("", _("From the last 30 days on")),
            *((f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")) for month in months),
        ]

    def chosen(self) -> dict[str, Any]:
        """The answers that could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _month(today: date, offset: int) -> date:
    years, month = divmod(today.month - 1 + offset, 12)
    return date(today.year + years, month + 1, 1)
