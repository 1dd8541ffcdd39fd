"""What a caller may agree to in passing, with the words the officer reads aloud."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.desk import consent_wordings
from outreach.desk.caller import Caller
from outreach.desk.consent_wordings import NoNumber
from outreach.desk.message_words import purpose_word

# Which field of the booking form holds the yes to which purpose.
FIELDS = {"wants_news": "class-news", "takes_calls": settings.NOTIFICATION_AUTOMATIC_CALLS}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One purpose: the sentence in the person's language and, if another, in Japanese."""

    field: str
    purpose: str
    words: str | Promise
    heard: str
    in_house: str
    stands: bool

    changed = _("The sentence has changed meanwhile. Please read it out again.")

    @property
    def heard_field(self) -> str:
        return f"heard_{self.field}"


def agreements(caller: Caller) -> list[Agreement]:
    """The purposes in the order they are asked; automatic calls only where there is a number."""
    asked = []
    for field, purpose in FIELDS.items():
        try:
            heard, in_house = (
                consent_wordings.wording_for(purpose, phones=caller.phones, language=language)
                for language in (caller.language, settings.LANGUAGE_CODE)
            )
        except NoNumber:
            continue
        asked.append(
            Agreement(
                field=field,
                purpose=purpose,
                words=purpose_word(purpose),
                heard=heard,
                in_house="" if in_house == heard else in_house,
                stands=bool(caller.contact and caller.contact.has_consent(purpose)),
            )
        )
    return asked
