"""Who a resident is, as an officer writes it down."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import WrittenDateField
from notifications.forms import PhoneField
from outreach.people.forms import NameForm
from outreach.people.resemblance import Description
from outreach.people.rules.addresses import place_in
from outreach.places.forms import DistrictField
from outreach.visits.forms.birth_year import BirthYearField

OFFICE = {"autocomplete": "off"}  # on a staff machine the browser would offer the last person
ADDRESS_LENGTH = 200
EARLIEST_BIRTH = date(1890, 1, 1)


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
