"""What an officer reads aloud before a person agrees, purpose by purpose.

The sentence that was heard is stored with the consent (個人情報保護法), so it is the one shown.
"""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact, ContactPoint
from outreach.desk.message_lines import readable

WORDINGS: Mapping[str, str | Promise] = {
    "class-news": _(
        "The city sends you news of smartphone classes. You can stop them at any time by "
        "calling the city."
    ),
    "renewal-reminder": _(
        "The city tells you before your card or its certificates expire. You can stop this at "
        "any time by calling the city."
    ),
    "automatic-call": _(
        "A machine of the city may call you at %(phones)s. It tells you of dates you have asked "
        "the city about, and you answer with a key. It never asks for money, a PIN or the number "
        "of an account. You can stop it at any time with the key 9 or by calling the city."
    ),
}


class NoNumber(Exception):
    """A machine cannot call who has left no number."""


def purposes() -> list[str]:
    """The purposes a person agrees to, in the order the settings declare them."""
    declared = settings.NOTIFICATION_PURPOSES
    return [purpose for purpose in declared if declared[purpose]["consent"]]


def wording(purpose: str, contact: Contact, *, language: str) -> str:
    """The sentence in a language; for automatic calls it names the numbers. Raises NoNumber."""
    usable = contact.usable_points().filter(kind=ContactPoint.Kind.PHONE)
    return wording_for(purpose, phones=[readable(point) for point in usable], language=language)


def wording_for(purpose: str, *, phones: Sequence[str], language: str) -> str:
    """The same for numbers as they are written at home, on record or not. Raises NoNumber."""
    words = WORDINGS[purpose]
    if purpose == settings.NOTIFICATION_AUTOMATIC_CALLS and not phones:
        raise NoNumber
    with translation.override(language):
        return str(words) % {"phones": ", ".join(phones)}
