"""What decides the way and helps the team; every question can be left open."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.visits.forms.yes_no import YesNoField
from outreach.visits.models import RequestConditions

COMPANION_LENGTH = 120
ACCESS_LENGTH = 500
WISHES_LENGTH = 1000
DO_NOT_KNOW: tuple[str, str | Promise] = ("", _("I do not know"))


class LivingForm(GuardedForm):
    """Where the person lives, and where their post goes."""

    staying = forms.ChoiceField(
        label=_("Where is the person now?"),
        choices=[*RequestConditions.Staying.choices, DO_NOT_KNOW],
        required=False,
        widget=forms.RadioSelect,
    )
    moved_recently = YesNoField(
        label=_("Has the person moved within the last two months?"),
        help_text=_("For a time after a move the card cannot be sent by post."),
    )
    mail_forwarding = YesNoField(
        label=_("Is the person's post forwarded to another address?"),
        help_text=_("The post office does not forward the card."),
    )


class PapersForm(GuardedForm):
    """Which identity documents there are, and who says what the person wants."""

    identity = forms.ChoiceField(
        label=_("Which identity documents are at hand?"),
        choices=[*RequestConditions.Identity.choices, DO_NOT_KNOW],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("They must be valid. Please do not write any number from them."),
    )
    voice = forms.ChoiceField(
        label=_("Who says what the person wants?"),
        choices=[*RequestConditions.Voice.choices, DO_NOT_KNOW],
        required=False,
        widget=forms.RadioSelect,
    )


class ComingForm(GuardedForm):
    """What the team should know before it sets out."""

    parking = YesNoField(label=_("Is there room to park one car?"))
    companion = forms.CharField(
        label=_("Will somebody else be there?"),
        required=False,
        max_length=COMPANION_LENGTH,
        help_text=_("Name and relation, like: Akiko, daughter"),
    )
    access = forms.CharField(
        label=_("How to get in"),
        required=False,
        max_length=ACCESS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stairs, a dog, which door, how to find the house."),
    )
    wishes = forms.CharField(
        label=_("Anything else we should know"),
        required=False,
        max_length=WISHES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Days and times that suit. Please do not write illnesses or the number on the card."
        ),
    )
