from django import forms
from django.utils.translation import gettext_lazy as _

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
