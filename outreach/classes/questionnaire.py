"""The questions of somebody who registers for a class, one group to a page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.classes.forms import NEWS_WORDING, NOTE_LENGTH
from outreach.classes.models import Registration
from outreach.classes.rules.needs import Needs
from outreach.people.forms import NameForm, ReachForm
from outreach.people.questionnaire import Questionnaire
from outreach.places.forms import DistrictField
from outreach.visits.forms.asker import AskerForm
from outreach.visits.forms.birth_year import BirthYearField

Relation = Registration.Relation
MODEL_LENGTH = 80
LOAN = {"own": False, "loan": True}


class WhoForm(GuardedForm):
    """Who comes to the class, seen from whoever fills in the form."""

    relation = forms.ChoiceField(
        label=_("Who comes to the class?"),
        choices=[
            (Relation.SELF, _("I come myself")),
            (Relation.FAMILY, _("A member of my family")),
            (Relation.CARE_MANAGER, _("Somebody I look after as a care manager")),
            (Relation.FACILITY, _("Somebody who lives in the facility I work at")),
            (Relation.OTHER, _("Somebody else")),
        ],
        help_text=_("Each person registers separately. One phone number for a family is fine."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who comes to the class.")},
    )


class AttendeeForm(NameForm):
    """The person who comes; the year and the district help to keep namesakes apart."""

    birth_year = BirthYearField(
        label=_("Year of birth"),
        required=False,
        help_text=_("Only the year, like 1944 or S19."),
    )
    district = DistrictField(
        label=_("District"), required=False, empty_label=_("I do not know, or it is not listed")
    )

    def __init__(self, *args: Any, is_for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_for_another:
            # The browser would offer the asker's own name.
            self.fields["name"].widget.attrs["autocomplete"] = "off"


class AttendeeReachForm(ReachForm):
    """How the city tells the person about the class, and whether it may tell of new ones."""

    wants_news = forms.BooleanField(label=NEWS_WORDING, required=False)


class WishForm(GuardedForm):
    """The smartphone somebody has, and what they would like to learn."""

    phone_model = forms.CharField(
        label=_("Make or model of the smartphone"),
        required=False,
        max_length=MODEL_LENGTH,
        help_text=_(
            "If there is one and you know it, for example iPhone, AQUOS or らくらくスマートフォン."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    wish = forms.CharField(
        label=_("What would you like to learn?"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("For example: video calls with my grandchildren, or maps."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BringForm(WishForm):
    """The same, and whether the city lends one for the class."""

    needs_handset = forms.TypedChoiceField(
        label=_("Which smartphone will be used in the class?"),
        choices=[
            ("own", _("Their own: it is brought along")),
            ("loan", _("One lent by the city for the class, free of charge")),
        ],
        coerce=LOAN.__getitem__,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which smartphone will be used.")},
    )

    field_order = ("needs_handset", "phone_model", "wish")

    def __init__(self, *args: Any, lends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lends:
            del self.fields["needs_handset"]

    def clean(self) -> dict[str, Any]:
        """Where nothing is lent, everybody brings their own."""
        answers = super().clean() or self.cleaned_data
        if "needs_handset" not in self.fields:
            answers["needs_handset"] = False
        return answers


class NeedsForm(GuardedForm):
    """What the city gets ready so that the person can come and follow."""

    hearing = forms.BooleanField(label=_("A seat in front, to hear better"), required=False)
    wheelchair = forms.BooleanField(label=_("Room for a wheelchair"), required=False)
    companion = forms.BooleanField(label=_("A chair for somebody who comes along"), required=False)
    wants_ride = forms.BooleanField(
        label=_("A ride to the venue, if there is one. The city calls about it."), required=False
    )
    note = forms.CharField(
        label=_("Anything else we should know"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please do not write about illnesses."),
    )


class ClassQuestionnaire(Questionnaire):
    """One resident's way to a place in a class that `lends` handsets or does not."""

    pages = {
        "who": WhoForm,
        "asker": AskerForm,
        "person": AttendeeForm,
        "reach": AttendeeReachForm,
        "bring": BringForm,
        "needs": NeedsForm,
    }

    def __init__(self, typed: Mapping[str, str], *, lends: bool) -> None:
        super().__init__(typed)
        self.lends = lends

    @property
    def is_for_another(self) -> bool:
        relation = self.typed.get("relation", "")
        return relation in Relation and relation != Relation.SELF

    @property
    def steps(self) -> list[str]:
        """The pages this resident sees; nobody is asked about themselves twice."""
        return [step for step in self.pages if step != "asker" or self.is_for_another]

    @property
    def wants_loan(self) -> bool:
        """Whether a handset is asked for, as far as that is known yet."""
        return self.lends and self.typed.get("needs_handset") == "loan"

    def needs(self, step: str) -> dict[str, Any]:
        if step == "person":
            return {"is_for_another": self.is_for_another}
        if step == "reach":
            return {"must_be_reachable": not self.is_for_another}
        return {"lends": self.lends} if step == "bring" else {}

    def answers(self) -> dict[str, Any]:
        """Everything as `sign_ups.take` takes it; only when `first_to_answer` finds nothing."""
        said = self.cleaned()
        said["needs"] = Needs(**{name: said.pop(name) for name in Needs.names()})
        said["news_wording"] = str(NEWS_WORDING) if said.pop("wants_news") else ""
        return said
