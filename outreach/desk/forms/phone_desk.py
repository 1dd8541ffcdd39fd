"""What an officer types while somebody is on the telephone; no e-mail is asked."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from mynumber.validators import refuse_forbidden_numbers
from notifications.forms import PhoneField
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.needs import Needs
from outreach.people.forms import NAME_LENGTH, PersonForm
from outreach.people.rules.names import tidy_name
from outreach.places.forms import DistrictField
from outreach.visits.forms.birth_year import BirthYearField

MODEL_LENGTH = 80
WISH_LENGTH = 500
NOTE_LENGTH = 500
ADDRESS_LENGTH = 200
OFFICE = {"autocomplete": "off"}  # on a staff machine the browser would offer the last caller


class SaidField(forms.CharField):
    """A reading, a name or a telephone number: whatever the caller says first."""

    holds_phone = True  # the guard stands in `clean`, for what is no telephone number

    def clean(self, value: Any) -> str:
        """Raises ValidationError for a number that may not be kept."""
        said = super().clean(value)
        try:
            parse_phone(said)
        except PhoneNotUnderstood:
            refuse_forbidden_numbers(said)
        return str(said)


class SearchForm(GuardedForm):
    """Who is calling."""

    said = SaidField(
        label=_("Kana, name or telephone number of who comes to the class"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs=OFFICE),
        error_messages={"required": _("Type the reading, the name or a telephone number.")},
    )


class NewPersonForm(PersonForm):
    """Somebody the city has not heard of: as much as tells namesakes apart, and a number."""

    # None is how Django leaves out a field of a form that is inherited.
    email = None  # type: ignore[assignment]
    birth_year = BirthYearField(
        label=_("Year of birth"),
        required=False,
        help_text=_("Only the year, like 1944 or S19."),
    )
    address = forms.CharField(
        label=_("Address, from 大字 on"),
        required=False,
        max_length=ADDRESS_LENGTH,
        help_text=_("Like 花輪字荒田4番地1. It helps to tell namesakes apart."),
    )
    district = DistrictField()
    language = forms.ChoiceField(
        label=_("Language of the messages"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _(
            "A landline is fine. Leave it empty when somebody else is calling and is to be rung up."
        )
        for field in self.fields.values():
            field.widget.attrs |= OFFICE
        if not self.is_bound:
            self.fields["name"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Whether anybody can be reached is asked once it is known who is calling."""
        return GuardedForm.clean(self) or self.cleaned_data


class NumberForm(GuardedForm):
    """Another number of somebody who is on record."""

    phone = PhoneField(
        label=_("Another number, if the old one has changed"),
        required=False,
        widget=forms.TelInput(attrs={**OFFICE, "autofocus": True}),
    )


class BookingForm(GuardedForm):
    """Which class, what the person brings and needs, who is calling, and what they agree to."""

    session = forms.ModelChoiceField(
        label=_("Class"),
        queryset=ClassSession.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a class."),
            "invalid_choice": _("This class takes no more registrations. Choose another one."),
        },
    )
    handset = forms.ChoiceField(
        label=_("Smartphone in class"),
        choices=[("own", _("Brings their own")), ("loan", _("Borrows one of the city"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask whether they bring a smartphone or borrow one.")},
    )
    phone_model = forms.CharField(
        label=_("Model of the smartphone"), required=False, max_length=MODEL_LENGTH
    )
    hearing = forms.BooleanField(label=_("Hard of hearing: a seat in front"), required=False)
    wheelchair = forms.BooleanField(label=_("Comes in a wheelchair"), required=False)
    companion = forms.BooleanField(label=_("Somebody comes along"), required=False)
    wants_ride = forms.BooleanField(label=_("Needs a ride"), required=False)
    wish = forms.CharField(
        label=_("What they want to learn"), required=False, max_length=WISH_LENGTH
    )
    note = forms.CharField(
        label=_("What the tutor should know"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("Please do not write about illnesses."),
    )
    relation = forms.ChoiceField(
        label=_("Who is calling?"),
        choices=Registration.Relation.choices,
        initial=Registration.Relation.SELF,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is calling.")},
    )
    asker_name = forms.CharField(
        label=_("Caller's name"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Only when somebody calls for another person."),
    )
    asker_phone = PhoneField(label=_("Caller's phone number"), required=False)
    how = forms.ChoiceField(
        label=_("Where this comes from"),
        choices=[
            (Registration.How.PHONE, _("Somebody is on the telephone")),
            (Registration.How.PAPER, _("A paper form")),
        ],
        initial=Registration.How.PHONE,
        widget=forms.RadioSelect,
    )
    wants_news = forms.BooleanField(label=_("The person said yes"), required=False)
    takes_calls = forms.BooleanField(label=_("The person said yes"), required=False)

    def __init__(
        self, *args: Any, sessions: Any, is_reachable: bool, can_be_called: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_reachable = is_reachable
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]
        if not can_be_called:
            del self.fields["takes_calls"]
        for field in self.fields.values():
            field.widget.attrs |= OFFICE

    @property
    def is_for_another(self) -> bool:
        return bool(self.cleaned_data["relation"] != Registration.Relation.SELF)

    @property
    def needs(self) -> Needs:
        """What was said about the day in class; call it only on a valid form."""
        return Needs(**{name: self.cleaned_data[name] for name in Needs.names()})

    @property
    def needs_handset(self) -> bool:
        return bool(self.cleaned_data["handset"] == "loan")

    def clean_asker_name(self) -> str:
        return tidy_name(self.cleaned_data["asker_name"])

    def clean(self) -> dict[str, Any]:
        """Whoever calls for another leaves a name; somebody can be reached."""
        answers = super().clean() or self.cleaned_data
        is_other = answers.get("relation") not in (None, Registration.Relation.SELF)
        if is_other and not answers.get("asker_name") and "asker_name" not in self.errors:
            self.add_error("asker_name", _("Ask for the name of the person who is calling."))
        told = is_other and answers.get("asker_phone")
        if not (self.is_reachable or told or "asker_phone" in self.errors):
            self.add_error(
                "asker_phone",
                _("Nobody could be reached. Ask for a number at which we can call back."),
            )
        session, handset = answers.get("session"), answers.get("handset")
        if session and handset == "loan" and not session.handsets:
            self.add_error(
                "handset", ValidationError(_("No smartphones are lent in this class."), "no_loan")
            )
        return answers
