"""What the classes' plain-text messages need: fields by language without furigana, and dates."""

import re
from datetime import date, datetime

from django import template
from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from outreach.classes.rules import tagalog_dates

register = template.Library()

READING = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


@register.simple_tag
def plain_text(row: Model, field: str) -> str:
    """A translated field in the message's language, else in Japanese, without markup.

    Readings (`{漢字|かんじ}`) follow in brackets in easy Japanese and are left out elsewhere.
    """
    code = get_language() or settings.LANGUAGE_CODE
    own = getattr(row, build_localized_fieldname(field, code), None)
    words = own or getattr(row, build_localized_fieldname(field, settings.LANGUAGE_CODE)) or ""
    return READING.sub(r"\1（\2）" if code == "ja-easy" else r"\1", words).strip()


@register.simple_tag
def spoken_text(row: Model, field: str) -> str:
    """A translated field for a machine that reads Japanese aloud: by its readings, if known."""
    read = getattr(row, build_localized_fieldname(field, "ja-easy"), None)
    words = read or getattr(row, build_localized_fieldname(field, settings.LANGUAGE_CODE)) or ""
    return READING.sub(r"\2", words).strip()


@register.filter
def tagalog_date(moment: datetime) -> str:
    """A day in full: Sabado, Disyembre 5, 2026."""
    return tagalog_dates.tagalog_date(_day(moment))


@register.filter
def tagalog_short_date(moment: datetime) -> str:
    """A day for a text message: Sab Dis 5."""
    return tagalog_dates.tagalog_short_date(_day(moment))


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
