from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.visits.models import VisitRequest

WISHES_LENGTH = 1000
# A card lasts until the tenth birthday after its issue (番号法施行規則), so never longer than this.
LONGEST_VALIDITY_YEARS = 11
PARKING = {"yes": True, "no": False, "unknown": None}


class PurposeForm(GuardedForm):
    """What the visit is for, and what the staff should know before they set out."""

    topic = forms.ChoiceField(
        label=_("What is the visit for?"),
        choices=VisitRequest.Topic.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Digital certificates can be renewed at the counter only. "
            "If you choose them, we call you to look for a way."
        ),
        error_messages={
            "required": _('Choose what the visit is for. "Not sure" is a good answer too.')
        },
    )
    expires_on = WrittenDateField(
        label=_("Expiry date printed on the card"),
        required=False,
        help_text=_(
            "If there is a card. Write it in any of these ways: 2027-03-15, 2027/3/15, R9.3.15"
        ),
    )
    parking = forms.TypedChoiceField(
        label=_("Is there room to park one car?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know"))],
        coerce=PARKING.__getitem__,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    wishes = forms.CharField(
        label=_("Anything else we should know"),
        required=False,
        max_length=WISHES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Days and times that suit, how to find the house, a dog, whether somebody else will "
            "be there. Please do not write illnesses or the number on the card."
        ),
    )

    def clean_expires_on(self) -> date | None:
        printed: date | None = self.cleaned_data["expires_on"]
        if printed and printed.year > timezone.localdate().year + LONGEST_VALIDITY_YEARS:
            raise forms.ValidationError(
                _("No card is valid for so long. Check the year printed on the card."),
                code="too_far",
            )
        return printed
