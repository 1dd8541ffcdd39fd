"""Where a resident lives and what to think of, as an officer writes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.desk.forms.person import ADDRESS_LENGTH, OFFICE
from outreach.people.actions.records import Home
from outreach.people.models import CareFacility, CareRecord, Need, Person, Residence

NOTES_LENGTH = 1000
_NOT_KNOWN = ("", _("Not known"))
_YES_OR_NO = {"": None, "yes": True, "no": False}


class DegreesField(forms.FloatField):
    """A latitude or longitude in degrees."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)


class HomeForm(GuardedForm):
    """Where somebody lives and how to get there."""

    address = forms.CharField(
        label=_("Address, from 大字 on"),
        required=False,
        max_length=ADDRESS_LENGTH,
        help_text=_("Like 花輪字荒田4番地1. 大字 and 小字 are read from it."),
    )
    facility = forms.ModelChoiceField(
        label=_("Lives in a care facility"),
        queryset=CareFacility.objects.none(),
        required=False,
        empty_label=_("No"),
    )
    access_notes = forms.CharField(
        label=_("How to get to the door"),
        required=False,
        max_length=NOTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stairs, a dog, snow, where to park. Nothing about illness."),
    )
    parking = forms.ChoiceField(
        label=_("Room for the city's car"),
        required=False,
        choices=[_NOT_KNOWN, ("yes", _("Yes")), ("no", _("No"))],
    )
    road_height = forms.TypedChoiceField(
        label=_("Road in winter"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[_NOT_KNOWN, *Residence.RoadHeight.choices],
    )
    latitude = DegreesField(
        label=_("Latitude"),
        min_value=20,
        max_value=46,
        help_text=_("Of the door, like 40.2159. Leave both empty when not known."),
    )
    longitude = DegreesField(label=_("Longitude"), min_value=122, max_value=154)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        home: Residence | None = getattr(person, "residence", None)
        # What is protected is shown nowhere; what is written here takes its place.
        if home is not None and not person.contact.protected:
            parked = {None: "", True: "yes", False: "no"}[home.parking]
            kwargs["initial"] = {
                "address": home.address,
                "facility": home.facility_id,
                "access_notes": home.access_notes,
                "parking": parked,
                "road_height": home.road_height,
                "latitude": home.latitude,
                "longitude": home.longitude,
            }
        super().__init__(*args, **kwargs)
        facilities = CareFacility.objects.order_by("kana", "name")
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs |= OFFICE

    @property
    def home(self) -> Home:
        """What `records.settle` takes; call it only on a valid form."""
        told = self.cleaned_data
        return Home(**{**told, "parking": _YES_OR_NO[told["parking"]]})

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        given = {name for name in ("latitude", "longitude") if answers.get(name) is not None}
        if len(given) == 1 and not self.errors.keys() & {"latitude", "longitude"}:
            missing = "longitude" if "latitude" in given else "latitude"
            self.add_error(missing, _("Write both numbers, or leave both empty."))
        return answers


class NeedsForm(GuardedForm):
    """What to think of when somebody comes or is visited: what it takes, never why."""

    kinds = forms.MultipleChoiceField(
        label=_("Needs"),
        required=False,
        choices=Need.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What it takes, not why. Illness and care level do not belong here."),
    )


class CareForm(GuardedForm):
    """Care level, illness and disability: sensitive, on a screen of its own."""

    care_level = forms.ChoiceField(
        label=_("Care level"), required=False, choices=[_NOT_KNOWN, *CareRecord.Level.choices]
    )
    conditions = forms.CharField(
        label=_("Illness and disability, as far as the visit needs it"),
        required=False,
        max_length=NOTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, **OFFICE}),
    )
