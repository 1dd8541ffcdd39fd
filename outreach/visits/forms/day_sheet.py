from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.people.colleagues import colleague_name
from outreach.visits.models import CustodyCount, Team

LATE = (15, 30, 45, 60)  # minutes


class ColleagueField(forms.ModelChoiceField):
    """The other member of a team, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return colleague_name(obj)


class LateForm(GuardedForm):
    """By how much a team runs late."""

    minutes = forms.TypedChoiceField(label=_("We come later by"), coerce=int)
    team = forms.ModelChoiceField(queryset=Team.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        # In the words of whoever asks: a lazy text would be filled in when it is imported.
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (minutes, gettext("%(minutes)s minutes") % {"minutes": minutes}) for minutes in LATE
        ]


class CustodyForm(GuardedForm):
    """How many pieces two people have counted. Never a PIN, never a number of a card."""

    when = forms.ChoiceField(
        label=_("Which count"), choices=CustodyCount.When.choices, widget=forms.RadioSelect
    )
    sheets = forms.IntegerField(label=_("Sealed PIN sheets"), min_value=0, max_value=500)
    cards = forms.IntegerField(label=_("Cards"), min_value=0, max_value=500)
    second = ColleagueField(label=_("Counted together with"), queryset=User.objects.none())

    def __init__(self, *args: Any, team: Team, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = team.members.exclude(pk=by.pk).order_by("last_name", "username")
        self.fields["second"].queryset = others  # type: ignore[attr-defined]
