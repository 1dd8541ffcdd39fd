"""Turn a message template into the words one person receives.

Templates stand in the app that has something to say, one for each form and language:
``<app>/messages/<name>.<short|long|voice>.<language>.txt``. A short text is an SMS. A long one is
an e-mail, a call script or a letter; its first line is the subject. A voice text is what a
machine says on the telephone; not every occasion has one, and only Japanese is spoken.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from notifications.links import my_url, short_url
from notifications.models import Contact

SUBJECT_LENGTH = 200
SPOKEN_LANGUAGES = ("ja", "ja-easy")

# Which form a channel carries.
FORM_OF_CHANNEL = {
    Contact.Channel.SMS: "short",
    Contact.Channel.EMAIL: "long",
    Contact.Channel.VOICE: "voice",
    Contact.Channel.CALL: "long",
    Contact.Channel.LETTER: "long",
}


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one message and the language they are in; only a long text has a subject."""

    language: str
    subject: str
    body: str


Forms = dict[str, Text]  # by form: short, long, voice, house


def render(*, contact: Contact, template: str, channel: str, context: Mapping[str, Any]) -> Text:
    """The text for a contact and a channel, in the contact's language.

    A text nobody has translated yet comes in the city's own language. Raises
    TemplateDoesNotExist when that is missing too.
    """
    form = FORM_OF_CHANNEL[Contact.Channel(channel)]
    return _text(contact, template, form, context)


def render_forms(*, contact: Contact, template: str, context: Mapping[str, Any]) -> Forms:
    """Every form a template has, for the channels that may be tried one after the other.

    `house` is the long form in the city's own language, for the colleague who calls somebody
    who reads another one.
    """
    found: Forms = {}
    for form in ("short", "long", "voice"):
        try:
            found[form] = _text(contact, template, form, context)
        except TemplateDoesNotExist:
            continue
    if "long" in found and found["long"].language not in SPOKEN_LANGUAGES:
        found["house"] = _text(_reader_at_home(contact), template, "long", context)
    return found


def spoken(contact: Contact, template: str, *, language: str, **context: Any) -> str:
    """What a machine says at one point of a call, besides the message it calls about.

    `template` is a path without form and language, as for messages.
    """
    return _filled(*_template(f"{template}.voice", language), contact, context)


def to_keep(forms: Forms) -> dict[str, dict[str, str]]:
    """Forms as a message keeps them (`Message.other_forms`)."""
    return {form: asdict(text) for form, text in forms.items()}


def kept(forms: Mapping[str, Mapping[str, str]]) -> Forms:
    """The forms a message has kept."""
    return {form: Text(**text) for form, text in forms.items()}


def _text(contact: Contact, template: str, form: str, context: Mapping[str, Any]) -> Text:
    language, words = _template(f"{template}.{form}", _language(contact, form))
    text = _filled(language, words, contact, context)
    if form != "long":
        return Text(language, "", text)
    subject, _, body = text.partition("\n")
    return Text(language, subject.strip()[:SUBJECT_LENGTH], body.strip())


def _filled(language: str, words: Template, contact: Contact, context: Mapping[str, Any]) -> str:
    town_time = timezone.override(timezone.get_default_timezone())
    with translation.override(language), town_time:
        # Plain text: an apostrophe in a name must not become &#x27;.
        return words.render(Context(_with_city(contact, context), autoescape=False)).strip()


def _language(contact: Contact, form: str) -> str:
    """A machine speaks only the city's language; to everybody else a colleague speaks."""
    if form == "voice" and contact.language not in SPOKEN_LANGUAGES:
        raise TemplateDoesNotExist(f"Nothing is spoken in {contact.language}.")
    return contact.language


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
        "short_url": SimpleLazyObject(partial(short_url, contact)),
    }


def _reader_at_home(contact: Contact) -> Contact:
    """The same person as if they read the city's own language; never stored."""
    reader = copy(contact)
    reader.language = settings.LANGUAGE_CODE
    return reader
