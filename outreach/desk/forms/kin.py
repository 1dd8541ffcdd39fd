"""Who looks after a resident, what has become of them, and calling them back."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from notifications.forms import EmailField, PhoneField
from outreach.desk.forms.home import NOTES_LENGTH
from outreach.desk.forms.person import OFFICE
from outreach.people.forms import NAME_LENGTH
from outreach.people.models import CareFacility, Carer, Person


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
