from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.visits.models import RequestConditions, VisitRequest

# A card lasts until the tenth birthday after its issue (番号法施行規則), so never longer than this.
LONGEST_VALIDITY_YEARS = 11


class PurposeForm(GuardedForm):
    """What the visit is for, and what is printed on the cards there are."""

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
    stay_until = WrittenDateField(
        label=_("Period of stay: until when?"),
        required=False,
        help_text=_("Only for foreign residents: the date on the residence card."),
    )
    event = forms.ChoiceField(
        label=_("Did one of these happen in the last 30 days?"),
        choices=[("", _("No, or I do not know")), *RequestConditions.Event.choices],
        required=False,
        help_text=_("Then a card can be made within about a week, at the counter."),
    )

    def clean_expires_on(self) -> date | None:
        printed: date | None = self.cleaned_data["expires_on"]
        if printed and printed.year > timezone.localdate().year + LONGEST_VALIDITY_YEARS:
            raise forms.ValidationError(
                _("No card is valid for so long. Check the year printed on the card."),
                code="too_far",
            )
        return printed
