"""The words of an announcement for one person, in every form a channel may need."""

from django.conf import settings

from notifications.links import my_url
from notifications.models import Announcement, AnnouncementText, Contact
from notifications.texts import Forms, Text

# What staff may write in braces. Nothing that names a person: an SMS is read over a shoulder.
VARIABLES = ("city_name", "city_phone", "my_url")


class NoWords(Exception):
    """The announcement has no text, not even in the city's own language."""


def forms(announcement: Announcement, contact: Contact) -> Forms:
    """The announcement in the contact's language, or in the city's own where it has none.

    Raises NoWords.
    """
    written = {text.language: text for text in announcement.texts.all()}
    text = written.get(contact.language) or written.get(settings.LANGUAGE_CODE)
    if text is None:
        raise NoWords(f"{announcement} has no text in {settings.LANGUAGE_CODE}.")
    return filled(text, contact)


def filled(text: AnnouncementText, contact: Contact) -> Forms:
    """One text with its variables filled in for a contact."""
    values = {
        "city_name": settings.CITY_NAME,
        "city_phone": settings.CITY_PHONE,
    }
    if any("{my_url}" in words for words in (text.short, text.long)):
        values["my_url"] = my_url(contact)
    return {
        "short": Text(text.language, "", fill(text.short, values)),
        "long": Text(text.language, fill(text.subject, values), fill(text.long, values)),
    }


def fill(words: str, values: dict[str, str]) -> str:
    """Put values in the place of `{name}`; whatever else stands in braces is left as written."""
    for name, value in values.items():
        words = words.replace(f"{{{name}}}", value)
    return words
