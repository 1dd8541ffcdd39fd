"""A facility asks for several residents: who asks, which facility, and a table of people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.people.forms import NAME_LENGTH
from outreach.people.questionnaire import Questionnaire
from outreach.visits.actions.groups import GroupAnswers, GroupPerson
from outreach.visits.forms.asker import AskerForm
from outreach.visits.forms.conditions import ACCESS_LENGTH, WISHES_LENGTH
from outreach.visits.forms.group_table import person_of, table_faults
from outreach.visits.forms.visited_person import ADDRESS_LENGTH
from outreach.visits.forms.yes_no import YesNoField
from outreach.visits.models import VisitRequest
from outreach.visits.rules.pasted_people import Row, from_text

Relation = VisitRequest.Relation
MOST_PEOPLE = 100
_LONGEST_TABLE = 100_000


class GroupAskerForm(AskerForm):
    """Who asks for the residents, and how the city calls them back."""

    relation = forms.ChoiceField(
        label=_("You ask as"),
        choices=[
            (Relation.FACILITY, _("staff of the facility")),
            (Relation.CARE_MANAGER, _("care manager")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose as what you ask.")},
    )
    field_order = ("relation", "asker_name", "asker_phone", "asker_email")


class GroupPlaceForm(GuardedForm):
    """Which facility, and what the team should know before it sets out."""

    facility_name = forms.CharField(
        label=_("Name of the facility"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write the name of the facility.")},
    )
    facility_address = forms.CharField(
        label=_("Address of the facility"), required=False, max_length=ADDRESS_LENGTH
    )
    topic = forms.ChoiceField(
        label=_("What is the visit for?"),
        choices=VisitRequest.Topic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _('Choose what the visit is for. "Not sure" is a good answer too.')
        },
    )
    parking = YesNoField(label=_("Is there room to park one car?"))
    access = forms.CharField(
        label=_("How to get in"),
        required=False,
        max_length=ACCESS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Entrance, floor, a room where staff can work."),
    )
    wishes = forms.CharField(
        label=_("Anything else we should know"),
        required=False,
        max_length=WISHES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Days and times that suit. Please do not write illnesses or the number on the card."
        ),
    )


class PeopleField(forms.CharField):
    """The table as one text; cleans to the people in it, or says what is wrong cell by cell."""

    # Guarded cell by cell, where the table is taken in: digits of two cells are no number.
    holds_phone = True

    def clean(self, value: Any) -> tuple[GroupPerson, ...]:
        rows = from_text(super().clean(value))
        if not rows:
            raise ValidationError(_("Write at least one person into the table."), code="nobody")
        if len(rows) > MOST_PEOPLE:
            raise ValidationError(
                _("These are more than %(most)d people. Send them in two requests."),
                code="too_many",
                params={"most": MOST_PEOPLE},
            )
        if faults := table_faults(rows):
            raise ValidationError([ValidationError(fault.in_full, code="cell") for fault in faults])
        return tuple(person_of(row) for row in rows)


class GroupPeopleForm(GuardedForm):
    """The residents."""

    people = PeopleField(
        label=_("Residents"),
        required=False,
        max_length=_LONGEST_TABLE,
        widget=forms.HiddenInput,
    )


class GroupQuestionnaire(Questionnaire):
    """The way of a facility's request."""

    pages = {"asker": GroupAskerForm, "place": GroupPlaceForm, "people": GroupPeopleForm}

    def answers(self) -> GroupAnswers:
        """What all pages say together; call it only when `first_to_answer` finds nothing."""
        return GroupAnswers(**self.cleaned())

    @property
    def rows(self) -> list[Row]:
        """The table as it was filled in so far."""
        return from_text(self.typed.get("people", ""))
