"""Turn a message template into the words one person receives.

Templates stand in the app that has something to say, one for each form and language:
``<app>/messages/<name>.<short|long>.<language>.txt``. A short text is an SMS. A long one is an
e-mail, a call script or a letter; its first line is the subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from notifications.links import my_url
from notifications.models import Contact

SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one message and the language they are in; a short text has no subject."""

    language: str
    subject: str
    body: str


def render(*, contact: Contact, template: str, channel: str, context: Mapping[str, Any]) -> Text:
    """The text for a contact and a channel, in the contact's language.

    A text nobody has translated yet comes in the city's own language. Raises
    TemplateDoesNotExist when that is missing too.
    """
    form = "short" if channel == Contact.Channel.SMS else "long"
    language, words = _template(f"{template}.{form}", contact.language)
    town_time = timezone.override(timezone.get_default_timezone())
    with translation.override(language), town_time:
        # Plain text: an apostrophe in a name must not become &#x27;.
        text = words.render(Context(_with_city(contact, context), autoescape=False)).strip()
    if form == "short":
        return Text(language, "", text)
    subject, _, body = text.partition("\n")
    return Text(language, subject.strip()[:SUBJECT_LENGTH], body.strip())


def _template(name: str, language: str) -> tuple[str, Template]:
    engine = Engine.get_default()
    try:
        return language, engine.get_template(f"{name}.{language}.txt")
    except TemplateDoesNotExist:
        return settings.LANGUAGE_CODE, engine.get_template(f"{name}.{settings.LANGUAGE_CODE}.txt")


def _with_city(contact: Contact, context: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **context,
        "city_phone": settings.CITY_PHONE,
        "city_name": settings.CITY_NAME,
        # Signed only for the texts that show it.
        "my_url": SimpleLazyObject(partial(my_url, contact)),
    }
