"""Find messages by what somebody quotes: the code in an SMS, a reference, a name or its reading."""

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from notifications.models import Message
from outreach.people.rules.names import as_katakana


def found_by(messages: QuerySet[Message], quoted: str) -> QuerySet[Message]:
    """The messages that match; all of them when nothing is quoted.

    Names are found with and without their space. A reference stands in the text of the messages
    about it.
    """
    if not quoted:
        return messages
    together = quoted.replace(" ", "")
    bare = Replace(F("contact__name"), Value(" "), Value(""))
    reading = Replace(F("contact__person__kana"), Value(" "), Value(""))
    matches = (
        Q(code__iexact=quoted)
        | Q(reference__iexact=quoted)
        | Q(bare__icontains=together)
        | Q(reading__icontains=as_katakana(together))
    )
    if _looks_like_reference(quoted):
        matches |= Q(body__contains=quoted.upper())
    return messages.annotate(bare=bare, reading=reading).filter(matches)


def _looks_like_reference(quoted: str) -> bool:
    """C-7K3M9R and its kind: a letter, a hyphen, letters and digits."""
    prefix, hyphen, rest = quoted.partition("-")
    return bool(hyphen) and prefix.isascii() and prefix.isalpha() and rest.isalnum()
