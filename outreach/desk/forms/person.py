"""What an officer writes down about a resident."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from notifications.forms import EmailField, PhoneField
from outreach.people.actions.records import Home
from outreach.people.forms import NAME_LENGTH, NameForm
from outreach.people.models import CareFacility, Carer, CareRecord, Need, Person, Residence
from outreach.people.resemblance import Description
from outreach.people.rules.addresses import place_in
from outreach.places.forms import DistrictField
from outreach.visits.forms.birth_year import BirthYearField

OFFICE = {"autocomplete": "off"}  # on a staff machine the browser would offer the last person
ADDRESS_LENGTH = 200
NOTES_LENGTH = 1000
EARLIEST_BIRTH = date(1890, 1, 1)
_NOT_KNOWN = ("", _("Not known"))
_YES_OR_NO = {"": None, "yes": True, "no": False}


class WhoForm(NameForm):
    """Name, reading, birth and district."""

    birth_year = BirthYearField(
        label=_("Year of birth"), required=False, help_text=_("Only the year, like 1944 or S19.")
    )
    birth_date = WrittenDateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("In any way: 1944-05-01, S19.5.1, 昭和19年5月1日. It says the year, too."),
    )
    district = DistrictField()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            field.widget.attrs |= OFFICE

    def clean_birth_date(self) -> date | None:
        """A day on which somebody alive can have been born."""
        day: date | None = self.cleaned_data["birth_date"]
        if day and not EARLIEST_BIRTH <= day <= self.today:
            raise forms.ValidationError(
                _("Nobody we can visit was born on this day. Check the year and the era."),
                code="not_plausible",
            )
        return day

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        year, day = answers.get("birth_year"), answers.get("birth_date")
        if year and day and day.year != year:
            self.add_error("birth_year", _("This is not the year of the date of birth."))
        return answers


class NewcomerForm(WhoForm):
    """Somebody who is not on record yet, with as much as tells them from others."""

    address = forms.CharField(
        label=_("Address, from 大字 on"),
        required=False,
        max_length=ADDRESS_LENGTH,
        help_text=_("Like 花輪字荒田4番地1."),
    )
    phone = PhoneField(label=_("Phone number"), required=False, help_text=_("A landline is fine."))
    language = forms.ChoiceField(
        label=_("Language of the messages"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )

    field_order = (
        "name",
        "kana",
        "birth_year",
        "birth_date",
        "address",
        "phone",
        "district",
        "language",
    )

    @property
    def described(self) -> Description:
        """As much as can be read so far, also of a form with faults."""
        return description_of(self)


def description_of(form: forms.Form) -> Description:
    """What a half-filled form tells about somebody; what cannot be read is left out."""
    form.is_valid()
    told = form.cleaned_data
    place = place_in(told.get("address") or "")
    return Description(
        name=told.get("name") or "",
        kana=told.get("kana") or "",
        birth_year=told.get("birth_year"),
        birth_date=told.get("birth_date"),
        oaza=place.oaza,
        koaza=place.koaza,
        phone=told.get("phone"),
    )


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
        if home is not None:
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


class CarerForm(GuardedForm):
    """Somebody who looks after a person, and what they may say in that person's name."""

    name = forms.CharField(
        label=_("Name of the carer"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write the name.")},
    )
    phone = PhoneField(label=_("Phone number"), required=False)
    email = EmailField(label=_("E-mail address"), required=False, max_length=254)
    language = forms.ChoiceField(
        label=_("Language of the messages"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
    relation = forms.ChoiceField(
        label=_("Relation"), choices=Carer.Relation.choices, widget=forms.RadioSelect
    )
    authority = forms.ChoiceField(
        label=_("What the carer may do"),
        choices=Carer.Authority.choices,
        initial=Carer.Authority.MAY_ASK,
        widget=forms.RadioSelect,
        help_text=_("A guardian shows the certificate of registered matters (登記事項証明書)."),
    )
    facility = forms.ModelChoiceField(
        label=_("Works at"),
        queryset=CareFacility.objects.none(),
        required=False,
        empty_label=_("No facility"),
    )

    def __init__(self, *args: Any, known: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facilities = CareFacility.objects.order_by("kana", "name")
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]
        self.fields["relation"].error_messages["required"] = _("Choose the relation.")
        for field in self.fields.values():
            field.widget.attrs |= OFFICE
        if known is not None:
            for name in ("name", "phone", "email", "language"):
                del self.fields[name]


class LeaveForm(GuardedForm):
    """Somebody has moved away or died, and since when."""

    status = forms.ChoiceField(
        label=_("What has happened?"),
        choices=[(one.value, one.label) for one in (Person.Status.MOVED, Person.Status.DECEASED)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what has happened.")},
    )
    on = WrittenDateField(
        label=_("On which day"),
        help_text=_("If it is not known: the day on which the city heard of it."),
        error_messages={"required": _("Write the day.")},
    )


class CallBackForm(GuardedForm):
    """Somebody wants to be called back."""

    words = forms.CharField(
        label=_("What it is about"),
        max_length=NOTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No illnesses, no number of the card, no PIN."),
        error_messages={"required": _("Write in a few words what it is about.")},
    )
    on = WrittenDateField(
        label=_("Not before"), required=False, help_text=_("Empty: today. Like 2026-10-05.")
    )
