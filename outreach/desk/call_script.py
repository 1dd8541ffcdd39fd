"""What a colleague reads out on the telephone."""

from django.conf import settings

from notifications import texts
from notifications.announcement_words import Words
from notifications.models import Message
from notifications.texts import SPOKEN_LANGUAGES, Text


def call_script(message: Message) -> list[Text]:
    """The words in the person's language and, where that is another one, in the city's own.

    A message from before the city's own words were kept has the person's alone.
    """
    own = Text(message.language, message.subject, message.body)
    if message.language in SPOKEN_LANGUAGES:
        return [own]
    house = _house(message)
    return [own, house] if house else [own]


def _house(message: Message) -> Text | None:
    if message.announcement is None:
        return texts.kept(message.other_forms).get("house")
    words = Words(message.announcement)
    return words.text("long", language=settings.LANGUAGE_CODE, contact=message.contact_id)
