"""Letters and postcards as PDF, one after the other, ready for printer, folder and post.

Letters are A4 for a window envelope (長形3号 窓付き), postcards are printed on 通常はがき: the
address side, then the text side. People of one language lie together, by postcode and address.
"""

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from notifications.models import Message
from notifications.rules import paper
from notifications.rules.post_addresses import PostAddress, split_address

# What WeasyPrint needs from the system (Debian: libpango-1.0-0, libpangoft2-1.0-0).
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")

# Points; the Japanese are larger because their strokes are finer.
_TEXT_SIZES = {"ja": 14, "ja-easy": 14}
_TEXT_SIZE = 12.5


class CannotPrint(Exception):
    """This machine lacks the libraries that draw a PDF."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter or postcard: the message, where it goes, and how it is set."""

    message: Message
    address: PostAddress

    @property
    def tag(self) -> str:
        return settings.LANGUAGE_TAGS[self.message.language]

    @property
    def text_size(self) -> float:
        return _TEXT_SIZES.get(self.message.language, _TEXT_SIZE)

    @property
    def address_size(self) -> float:
        name = f"{self.message.contact.name} 様"
        return paper.address_size(self.address.postcode, self.address.lines, name)

    @property
    def postcode_digits(self) -> list[tuple[float, str]]:
        """Each digit with the left edge of its frame."""
        digits = self.address.postcode.replace("-", "")
        return list(zip(paper.frame_places(), digits, strict=False))


def missing_libraries() -> list[str]:
    """The system libraries a PDF needs and this machine lacks."""
    return [name for name in LIBRARIES if not _loads(name)]


def letters_pdf(messages: Iterable[Message], *, on: date) -> bytes:
    """One PDF of letters dated `on`. Raises CannotPrint."""
    return _pdf("notifications/letters.html", "notifications/letter.html", messages, on)


def postcards_pdf(messages: Iterable[Message], *, on: date) -> bytes:
    """One PDF of postcards, two pages each. Raises CannotPrint."""
    return _pdf("notifications/postcards.html", "notifications/postcard.html", messages, on)


def in_printing_order(messages: Iterable[Message]) -> list[Sheet]:
    """By language, then postcode and address; who has no postcode comes last."""
    sheets = [Sheet(message, split_address(_written(message))) for message in messages]
    languages = [code for code, _ in settings.LANGUAGES]
    return sorted(
        sheets,
        key=lambda sheet: (
            languages.index(sheet.message.language),
            not sheet.address.postcode,
            sheet.address.postcode,
            sheet.address.lines,
            sheet.message.pk,
        ),
    )


def _pdf(frame: str, template: str, messages: Iterable[Message], on: date) -> bytes:
    html = render_to_string(
        frame,
        {"sheets": _drawn(template, in_printing_order(messages), on), "paper": paper},
    )
    return _draw(html)


def _drawn(template: str, sheets: Sequence[Sheet], on: date) -> list[str]:
    """Each sheet in the language of its message."""
    drawn: list[str] = []
    for sheet in sheets:
        with translation.override(sheet.message.language):
            values = {
                "sheet": sheet,
                "message": sheet.message,
                "paper": paper,
                "on": on,
                "city_name": settings.CITY_NAME,
                "city_phone": settings.CITY_PHONE,
            }
            drawn.append(render_to_string(template, values))
    return drawn


def _draw(html: str) -> bytes:
    if missing_libraries():
        raise CannotPrint
    # Imported here: it costs seconds, and only this function draws.
    try:
        from weasyprint import HTML
    except OSError:
        raise CannotPrint from None
    return bytes(HTML(string=html, url_fetcher=_fetch_nothing).write_pdf())


def _fetch_nothing(url: str, *args: object, **kwargs: object) -> NoReturn:
    """Letters are made of what is here: no address is asked for anything."""
    raise ValueError("Letters fetch nothing.")


def _written(message: Message) -> str:
    return message.point.value if message.point else ""


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
