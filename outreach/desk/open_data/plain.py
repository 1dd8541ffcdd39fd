"""Texts of pages as plain words: readings left out, one line."""

import re

from django.conf import settings
from django.db.models import Model
from modeltranslation.utils import build_localized_fieldname

READING = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


def plain(row: Model, field: str, *, language: str = settings.LANGUAGE_CODE) -> str:
    """A field in one language on one line, `{漢字|かんじ}` as 漢字; empty where there is none."""
    text = getattr(row, build_localized_fieldname(field, language)) or ""
    return " ".join(READING.sub(r"\1", text).split())
