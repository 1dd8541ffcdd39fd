"""The words of an announcement for one person, in every form a channel may need."""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings

from notifications.links import my_urls
from notifications.models import Announcement, AnnouncementText, Contact
from notifications.rules.announcement_texts import VARIABLES as VARIABLES
from notifications.texts import SPOKEN_LANGUAGES, Forms, Text

_LINK = "{my_url}"


class NoWords(Exception):
    """The announcement has no text, not even in the city's own language."""


class Words:
    """An announcement as it is told to many: read once, filled in once where nobody's link is.

    A form that was not written in a language comes in the city's own.
    """

    def __init__(self, announcement: Announcement) -> None:
        self._written = {text.language: text for text in announcement.texts.all()}
        self._filled: dict[tuple[str, str], Text] = {}
        self._links: dict[str, Callable[[int], str]] = {}

    def text(self, form: str, *, language: str, contact: int) -> Text:
        """The short or the long form for the contact with this key. Raises NoWords."""
        text = self.without_link(form, language=language)
        if _LINK not in text.body:
            return text
        if language not in self._links:
            self._links[language] = my_urls(language)
        link = self._links[language](contact)
        return replace(text, body=text.body.replace(_LINK, link))

    def without_link(self, form: str, *, language: str) -> Text:
        """The same, with `{my_url}` left as it was written. Raises NoWords."""
        if (form, language) not in self._filled:
            self._filled[form, language] = self._fill(form, language)
        return self._filled[form, language]

    def _fill(self, form: str, language: str) -> Text:
        for code in (language, settings.LANGUAGE_CODE):
            text = self._written.get(code)
            if text and getattr(text, form):
                subject = text.subject if form == "long" else ""
                return Text(code, fill(subject), fill(getattr(text, form)))
        raise NoWords(f"The announcement has no {form} text in {settings.LANGUAGE_CODE}.")


def forms(announcement: Announcement, contact: Contact) -> Forms:
    """The announcement in the contact's language, or in the city's own where it has none.

    Raises NoWords.
    """
    words = Words(announcement)
    found = {
        form: words.text(form, language=contact.language, contact=contact.pk)
        for form in ("short", "long")
    }
    if found["long"].language not in SPOKEN_LANGUAGES:
        found["house"] = words.text("long", language=settings.LANGUAGE_CODE, contact=contact.pk)
    return found


def fill(words: str) -> str:
    """Put the city's name and telephone number in their places; other braces stay as written."""
    return words.replace("{city_name}", settings.CITY_NAME).replace(
        "{city_phone}", settings.CITY_PHONE
    )


def longest(text: AnnouncementText) -> str:
    """The SMS of one text with the longest link anybody has."""
    return fill(text.short).replace(_LINK, longest_link(text.language))


def longest_link(language: str) -> str:
    """A link as long as the longest anybody has, which is nobody's: no key is negative."""
    newest = Contact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    digits = max(2, len(str(newest)))
    return my_urls(language)(-(10 ** (digits - 2)))
