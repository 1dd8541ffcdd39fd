from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.people.colleagues import colleague_name
from outreach.places.forms import DistrictField
from outreach.visits.models import VisitRequest


def planners() -> QuerySet[User]:
    """The colleagues who may have a request, by name."""
    backend = "django.contrib.auth.backends.ModelBackend"
    may = User.objects.with_perm("visits.plan_visit", include_superusers=False, backend=backend)
    return may.order_by("last_name", "first_name", "username")


class ColleagueField(forms.ModelChoiceField):
    """A colleague, family name first."""

    def label_from_instance(self, obj: Any) -> str:
        return colleague_name(obj)


class QueueForm(GuardedForm):
    """Which of the waiting requests an officer wants to see."""

    district = DistrictField(label=_("District"), required=False, empty_label=_("All districts"))
    topic = forms.ChoiceField(
        label=_("What for"),
        choices=[("", _("Everything")), *VisitRequest.Topic.choices],
        required=False,
    )
    whose = forms.ChoiceField(
        label=_("Who has it"),
        choices=[("", _("Everybody")), ("mine", _("I have it")), ("nobody", _("Nobody yet"))],
        required=False,
    )


class HolderForm(forms.Form):
    """Who has a request from now on; `seen` is who had it on the page."""

    holder = ColleagueField(
        label=_("Who has it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    seen = forms.ModelChoiceField(
        queryset=User.objects.all(), required=False, widget=forms.HiddenInput
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = planners()  # type: ignore[attr-defined]
