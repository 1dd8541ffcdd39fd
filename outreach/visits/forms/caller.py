from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.people.forms import NAME_LENGTH
from outreach.people.questionnaire import submission_of
from outreach.visits.actions.answers import Answers
from outreach.visits.forms.asker import AskerForm
from outreach.visits.forms.conditions import ComingForm, LivingForm, PapersForm
from outreach.visits.forms.purpose import PurposeForm
from outreach.visits.forms.relation import RelationForm
from outreach.visits.forms.visited_person import VisitedPersonForm
from outreach.visits.models import VisitRequest


class CallerForm(
    ComingForm, PapersForm, LivingForm, PurposeForm, VisitedPersonForm, AskerForm, RelationForm
):
    """All questions on one screen, for an officer with the caller on the line; no e-mail asked.

    A form on paper is typed in here too.
    """

    # None is how Django leaves out a field of a form that is inherited.
    email = None  # type: ignore[assignment]
    asker_email = None  # type: ignore[assignment]
    relation = forms.ChoiceField(
        label=_("Who is calling?"),
        choices=VisitRequest.Relation.choices,
        initial=VisitRequest.Relation.SELF,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is calling.")},
    )
    asker_name = forms.CharField(
        label=_("Caller's name"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Only when somebody calls for another person."),
    )
    how = forms.ChoiceField(
        label=_("How was it asked?"),
        choices=[
            (VisitRequest.How.PHONE, VisitRequest.How.PHONE.label),
            (VisitRequest.How.PAPER, VisitRequest.How.PAPER.label),
        ],
        initial=VisitRequest.How.PHONE,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language for messages"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )

    field_order = (
        "name",
        "kana",
        "phone",
        "relation",
        "asker_name",
        "asker_phone",
        "topic",
        "expires_on",
        "stay_until",
        "event",
        "staying",
        "moved_recently",
        "mail_forwarding",
        "identity",
        "voice",
        "parking",
        "companion",
        "access",
        "wishes",
        "district",
        "address",
        "birth_year",
        "language",
        "how",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, must_be_reachable=False, **kwargs)
        self.submission = submission_of(self.data)
        self.fields["asker_phone"].label = _("Caller's phone number")
        for field in self.fields.values():
            # On a staff machine the browser would offer the last resident's data.
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Whoever calls leaves a number; whoever calls for another leaves a name as well."""
        answers = GuardedForm.clean(self) or self.cleaned_data
        if "relation" not in answers:
            return answers
        calls_for_another = answers["relation"] != VisitRequest.Relation.SELF
        if calls_for_another and not answers.get("asker_name"):
            self._miss("asker_name", _("Ask for the name of the person who is calling."))
        number = "asker_phone" if calls_for_another else "phone"
        if not answers.get(number):
            self._miss(number, _("Ask for a number at which we can call back."))
        return answers

    @property
    def taken_how(self) -> str:
        """By telephone, unless it was typed in from paper."""
        return self.cleaned_data["how"] or VisitRequest.How.PHONE

    def answers(self) -> Answers:
        """What the caller said; call it only on a valid form."""
        return Answers(
            **{
                name: value
                for name, value in self.cleaned_data.items()
                if name not in ("language", "how")
            }
        )

    def _miss(self, field: str, sentence: str | Promise) -> None:
        """Say that an answer is missing, unless the field already says what is wrong with it."""
        if field not in self.errors:
            self.add_error(field, str(sentence))
