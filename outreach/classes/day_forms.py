"""What staff and participants fill in on the day of a class."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.forms import PhoneField
from outreach.classes.models import Feedback
from outreach.people.forms import NAME_LENGTH, ReadingField
from outreach.people.rules.names import tidy_name

QUESTION_LENGTH = 500


class WalkInForm(GuardedForm):
    """Who stands at the door. A telephone is welcome and not asked for: they are here."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, error_messages={"required": _("Write the name.")}
    )
    kana = ReadingField(
        label=_("Reading of the name (kana)"), required=False, max_length=NAME_LENGTH
    )
    phone = PhoneField(label=_("Phone number"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the messages"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
    needs_handset = forms.BooleanField(label=_("Borrows a smartphone"), required=False)

    def clean_name(self) -> str:
        return tidy_name(self.cleaned_data["name"])


class QuestionForm(GuardedForm):
    """One question somebody asked in class."""

    text = forms.CharField(
        label=_("A question that was asked"),
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Write what was asked, not who asked it."),
        error_messages={"required": _("Write the question.")},
    )


class FeedbackForm(forms.Form):
    """What was pressed on the tablet."""

    submission = forms.UUIDField()
    answer = forms.ChoiceField(choices=Feedback.Answer.choices)
    again = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)

    @property
    def comes_again(self) -> bool | None:
        """Whether they would come again; None while they have not said."""
        return {"yes": True, "no": False}.get(self.cleaned_data["again"])
