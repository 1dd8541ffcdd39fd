"""Days and moments as staff read them: always with the weekday, because callers ask for it."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年12月3日（木）in Japanese, 3 December 2026 (Thu) elsewhere; empty for no day."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    weekday = date_format(local, "D")
    japanese = (get_language() or "").startswith("ja")
    return date_format(local, "DATE_FORMAT") + (f"（{weekday}）" if japanese else f" ({weekday})")


@register.filter
def moment(value: datetime | None) -> str:
    """A day and the time of it, 24 hours: 2026年12月3日（木） 10:30; empty for no moment."""
    if value is None:
        return ""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"
