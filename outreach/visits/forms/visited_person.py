from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.people.forms import PersonForm
from outreach.places.forms import DistrictField
from outreach.visits.forms.birth_year import BirthYearField

# What a postal address may hold where it is kept.
ADDRESS_LENGTH = 250


class VisitedPersonForm(PersonForm):
    """The person the city goes to. When somebody else asks, the asker's phone is the way."""

    birth_year = BirthYearField(
        label=_("Year of birth"),
        required=False,
        help_text=_("Only the year, like 1944 or S19."),
    )
    district = DistrictField(
        label=_("District"), required=False, empty_label=_("I do not know, or it is not listed")
    )
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=ADDRESS_LENGTH,
        help_text=_(
            "So that we find the house. If you would rather not write it here, "
            "tell us on the phone."
        ),
    )

    def __init__(self, *args: Any, must_be_reachable: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_be_reachable = must_be_reachable
        if not must_be_reachable:
            for name in self.fields.keys() & {"name", "phone", "email"}:
                # The browser would offer the asker's own.
                self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        if self.must_be_reachable:
            return super().clean()
        return GuardedForm.clean(self) or self.cleaned_data
