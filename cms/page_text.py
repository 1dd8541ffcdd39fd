"""What a page says in one language: part by part, in Japanese where a part is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model
from modeltranslation.utils import build_localized_fieldname


@dataclass(frozen=True)
class Part:
    """One field as it is shown; `is_japanese` when it stands in for a missing translation."""

    value: Any
    is_japanese: bool = False

    def __bool__(self) -> bool:
        return bool(self.value)


def page_text(page: Model, names: Iterable[str], code: str) -> dict[str, Part]:
    """The named translated fields of a page for readers of one language.

    A page without a headline in that language is Japanese throughout, so that nobody has to
    piece one text together from two languages; a single empty field falls back alone.
    """
    language = code if in_column(page, "headline", code) else settings.LANGUAGE_CODE
    parts = {}
    for name in names:
        own = in_column(page, name, language)
        value = own or in_column(page, name, settings.LANGUAGE_CODE)
        from_japanese = language == settings.LANGUAGE_CODE or not own
        parts[name] = Part(value, is_japanese=from_japanese and code != settings.LANGUAGE_CODE)
    return parts


def in_column(page: Model, name: str, code: str) -> Any:
    """One language's own column; never the base column, which holds any language."""
    return getattr(page, build_localized_fieldname(name, code), None)
