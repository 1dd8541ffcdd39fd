"""What an officer writes down about how somebody wants to be reached."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.models import Consent, Contact
from outreach.desk.message_words import CHANNEL_WORDS, HOW_WORDS

REASON_LENGTH = 200
_CHANNELS = [("", _("No wish")), *CHANNEL_WORDS.items()]


class WishesForm(GuardedForm):
    """Language, channels and silence; protection only for those who may see it."""

    language = forms.ChoiceField(label=_("Language of the messages"), choices=settings.LANGUAGES)
    first = forms.ChoiceField(label=_("Channel tried first"), required=False, choices=_CHANNELS)
    second = forms.ChoiceField(label=_("Channel tried second"), required=False, choices=_CHANNELS)
    third = forms.ChoiceField(label=_("Channel tried third"), required=False, choices=_CHANNELS)
    do_not_contact = forms.BooleanField(
        label=_("Do not contact: only answers to what the person asked for"), required=False
    )
    protected = forms.BooleanField(
        label=_("Address protected (支援措置): shown nowhere, no letters"), required=False
    )

    def __init__(self, *args: Any, contact: Contact, sees_protection: bool, **kwargs: Any) -> None:
        first, second, third = [*contact.channel_order, "", "", ""][:3]
        initial = {
            "language": contact.language,
            "first": first,
            "second": second,
            "third": third,
            "do_not_contact": contact.do_not_contact,
            "protected": contact.protected,
        }
        super().__init__(*args, initial=initial, **kwargs)
        if not sees_protection:
            del self.fields["protected"]

    @property
    def wishes(self) -> dict[str, Any]:
        """What `notifications.actions.wishes.change` takes."""
        answers = self.cleaned_data
        order = [answers[place] for place in ("first", "second", "third") if answers[place]]
        return {
            "language": answers["language"],
            "channel_order": order,
            "do_not_contact": answers["do_not_contact"],
            "protected": answers.get("protected"),
        }


class PointForm(GuardedForm):
    """Why a number or address is wrong, or can be used again."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=REASON_LENGTH)


class ConsentForm(GuardedForm):
    """How a person said yes, to the sentence that was read to them."""

    how = forms.ChoiceField(
        label=_("How did the person agree?"),
        # What came by the web came from the person, not from an officer.
        choices=[(how, words) for how, words in HOW_WORDS.items() if how != Consent.How.WEB],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the person agreed.")},
    )
    heard = forms.CharField(widget=forms.HiddenInput)
    # The sentence names telephone numbers, some of which look like other numbers.
    heard.holds_phone = True  # type: ignore[attr-defined]
