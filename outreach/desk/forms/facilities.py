"""What an officer writes down about a care facility."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.forms import EmailField, PhoneField
from notifications.rules.phones import parse_phone
from outreach.desk.forms.home import NOTES_LENGTH, DegreesField
from outreach.desk.forms.person import ADDRESS_LENGTH, OFFICE
from outreach.people.actions.facilities import FacilityFacts
from outreach.people.forms import NAME_LENGTH, NameForm
from outreach.people.models import CareFacility
from outreach.places.forms import DistrictField


class FacilityForm(NameForm):
    """A home or day centre: where it is and how to get in."""

    address = forms.CharField(
        label=_("Address, from 大字 on"), required=False, max_length=ADDRESS_LENGTH
    )
    district = DistrictField()
    phone = PhoneField(label=_("Phone number"), required=False)
    access_notes = forms.CharField(
        label=_("How to get to the door"),
        required=False,
        max_length=NOTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where to park, which door, hours of meals."),
    )
    latitude = DegreesField(label=_("Latitude"), min_value=20, max_value=46)
    longitude = DegreesField(label=_("Longitude"), min_value=122, max_value=154)

    def __init__(self, *args: Any, facility: CareFacility | None = None, **kwargs: Any) -> None:
        if facility is not None:
            phone = parse_phone(facility.phone).national if facility.phone else ""
            kwargs["initial"] = {
                **{name: getattr(facility, name) for name in self.base_fields if name != "phone"},
                "phone": phone,
            }
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the facility")
        for field in self.fields.values():
            field.widget.attrs |= OFFICE

    @property
    def facts(self) -> FacilityFacts:
        """What the action takes; call it only on a valid form."""
        return FacilityFacts(**self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        given = {name for name in ("latitude", "longitude") if answers.get(name) is not None}
        if len(given) == 1 and not self.errors.keys() & {"latitude", "longitude"}:
            missing = "longitude" if "latitude" in given else "latitude"
            self.add_error(missing, _("Write both numbers, or leave both empty."))
        return answers


class FacilityContactForm(GuardedForm):
    """Whom to ask for at a facility."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write the name.")},
    )
    duty = forms.CharField(label=_("Duty"), required=False, max_length=80)
    phone = PhoneField(label=_("Phone number"), required=False)
    email = EmailField(label=_("E-mail address"), required=False, max_length=254)
    language = forms.ChoiceField(
        label=_("Language of the messages"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= OFFICE
