"""What residents choose themselves on their own page."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.models import Contact

Channel = Contact.Channel

_WORDS = {
    Channel.SMS: _("A text message (SMS)"),
    Channel.EMAIL: _("An e-mail"),
    Channel.VOICE: _("A machine of the city calls"),
    Channel.CALL: _("Somebody of the city calls"),
    Channel.LETTER: _("A letter"),
}


class LanguageSelect(forms.Select):
    """Languages by their own names, each marked as such, so that it is read aloud rightly."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if tag := settings.LANGUAGE_TAGS.get(value):
            option["attrs"]["lang"] = tag
        return option


class OwnWishesForm(GuardedForm):
    """Language, and the channel tried first and next.

    The machine is offered only to whom it may call: that is agreed at the desk.
    """

    language = forms.ChoiceField(
        label=_("Language of our messages"),
        choices=settings.LANGUAGES,
        widget=LanguageSelect,
        error_messages={"required": _("Choose a language.")},
    )
    first = forms.ChoiceField(label=_("How shall we try to reach you first?"), required=False)
    second = forms.ChoiceField(label=_("And if that does not work?"), required=False)

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        first, second = [*contact.channel_order, "", ""][:2]
        initial = {"language": contact.language, "first": first, "second": second}
        super().__init__(*args, initial=initial, **kwargs)
        called_by_machine = contact.takes_automatic_calls()
        choices = [
            (channel, words)
            for channel, words in _WORDS.items()
            if channel != Channel.VOICE or called_by_machine
        ]
        for place in ("first", "second"):
            field = self.fields[place]
            field.choices = [("", _("As the city thinks best")), *choices]  # type: ignore[attr-defined]

    @property
    def channel_order(self) -> list[str]:
        """The channels that were chosen, the best first."""
        answers = self.cleaned_data
        return [answers[place] for place in ("first", "second") if answers[place]]
