"""How the desk looks people up, and asks who looked at them."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.desk.forms.colleagues import ColleagueField
from outreach.desk.forms.phone_desk import SaidField
from outreach.people.forms import NAME_LENGTH


class PeopleSearchForm(GuardedForm):
    """Whom to find; nothing said lists everybody."""

    said = SaidField(
        label=_("Kana, name, telephone, address or reference"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def words(self) -> str:
        """What to look for; empty where it cannot be looked for."""
        return str(self.cleaned_data.get("said", "")) if self.is_valid() else ""


class LooksForm(GuardedForm):
    """Whose looks, and from which day to which."""

    colleague = ColleagueField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )
    since = WrittenDateField(label=_("From"), error_messages={"required": _("Write the day.")})
    until = WrittenDateField(label=_("To"), error_messages={"required": _("Write the day.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.order_by("last_name", "first_name", "username")
        self.fields["colleague"].queryset = staff  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        since: date | None = answers.get("since")
        until: date | None = answers.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        return answers
