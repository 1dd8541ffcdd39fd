"""What residents and officers fill in about classes."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from mynumber.forms import GuardedForm
from mynumber.validators import refuse_forbidden_numbers
from notifications.forms import PhoneField
from outreach.classes.models import Topic

NOTE_LENGTH = 500
# Kept word for word with the consent of whoever ticks it.
NEWS_WORDING = _(
    "Tell me about new classes. The city may send me messages about smartphone classes. "
    "I can stop them at any time by calling the city."
)


class OutOfTurnForm(GuardedForm):
    """Why somebody in line gets a place before those who asked earlier."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept with your name. Please do not write about illnesses."),
        error_messages={"required": _("Write why this person gets the place out of turn.")},
    )


class CourseForm(WagtailAdminModelForm):
    """What editors write about a course, in every language: guarded like all free text."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=Topic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_forbidden_numbers)


class TutorForm(WagtailAdminModelForm):
    """Who teaches, in which languages, and how many people at once."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phone = PhoneField(label=_("Phone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(refuse_forbidden_numbers)

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return phone.national if phone else ""
