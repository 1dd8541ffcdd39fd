"""The form on which somebody asks to be reminded before a card or its certificates expire."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from mynumber.ladder import ladder
from mynumber.models import Reminder
from notifications.forms import EmailField, PhoneField

# A card lasts until the 10th birthday after issue and certificates at most until the 6th, so
# that a year on top leaves nothing real out (公的個人認証法, 総務省).
LONGEST_YEARS = {Reminder.Kind.CARD: 11, Reminder.Kind.CERTIFICATE: 7}

# Stored word by word with the consent (個人情報保護法): whoever changes it asks for a new consent.
CONSENT_WORDING = _(
    "I agree that the city keeps my name, the dates and my phone number or e-mail address, "
    "and uses them to write to me about these expiry dates. I can stop this at any time."
)

DATE_HINT = _("Write it in any of these ways: 2026-01-31, 2026/1/31, R8.1.31")


class ReminderForm(GuardedForm):
    """Who, which printed dates, and how to reach them; `today` decides which dates make sense."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    card_expires_on = WrittenDateField(
        label=_("Expiry date printed on the card"), required=False, help_text=DATE_HINT
    )
    certificate_expires_on = WrittenDateField(
        label=_("Expiry date of the digital certificates"),
        required=False,
        help_text=_(
            "If you know it. It is often written by hand on the front of the card, and comes "
            "earlier than the date of the card."
        ),
    )
    phone = PhoneField(
        label=_("Phone number"),
        required=False,
        help_text=_("A landline is fine. If you have no e-mail, leave the next answer empty."),
    )
    email = EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _(
                "This is not an e-mail address we can use. Write it like name@example.com, "
                "or leave it empty."
            )
        },
    )
    consent = forms.BooleanField(
        label=CONSENT_WORDING,
        error_messages={
            "required": _("Tick this if you agree. Without it we may not keep your reminder.")
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    @property
    def expiries(self) -> dict[str, date]:
        """The dates given, by kind of reminder."""
        given = {kind: self.cleaned_data.get(f"{kind}_expires_on") for kind in Reminder.Kind.values}
        return {kind: day for kind, day in given.items() if day}

    @property
    def consent_wording(self) -> str:
        """The sentence that was ticked, as this reader saw it."""
        return str(self.fields["consent"].label)

    def clean_card_expires_on(self) -> date | None:
        return self._plausible(Reminder.Kind.CARD)

    def clean_certificate_expires_on(self) -> date | None:
        return self._plausible(Reminder.Kind.CERTIFICATE)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        unread = set(self.errors)
        if not self.expiries and not unread & {"card_expires_on", "certificate_expires_on"}:
            self.add_error(
                "card_expires_on",
                gettext("Write at least one date: the one of the card or of the certificates."),
            )
        if not (unread & {"phone", "email"} or answers.get("phone") or answers.get("email")):
            self.add_error(
                "phone", gettext("Write a phone number or an e-mail address, so we can reach you.")
            )
        self._check_order(self.expiries)
        return answers

    def _plausible(self, kind: Reminder.Kind) -> date | None:
        """The date, unless it cannot be the one printed or nothing would come of it."""
        day: date | None = self.cleaned_data[f"{kind}_expires_on"]
        if day is None:
            return None
        years = LONGEST_YEARS[kind]
        if day.year - self.today.year > years or day > _years_after(self.today, years):
            raise forms.ValidationError(
                gettext(
                    "This is more than %(years)d years ahead, longer than it can be valid. "
                    "Please compare it with your card once more."
                )
                % {"years": years},
                code="too_far",
            )
        if day < self.today - timedelta(days=max(ladder())):
            raise forms.ValidationError(
                gettext(
                    "This date passed long ago, so there is nothing left to remind you of. "
                    "Please compare it with your card once more. If it is right, call the city."
                ),
                code="long_past",
            )
        return day

    def _check_order(self, expiries: dict[str, date]) -> None:
        """Certificates never outlive the card they are on (公的個人認証法)."""
        card = expiries.get(Reminder.Kind.CARD)
        certificate = expiries.get(Reminder.Kind.CERTIFICATE)
        if card and certificate and certificate > card:
            self.add_error(
                "certificate_expires_on",
                gettext(
                    "The certificates cannot expire after the card. "
                    "Please compare both dates with your card once more."
                ),
            )


def _years_after(day: date, years: int) -> date:
    """The same day some years on; the 28th for a 29 February that does not exist there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
