"""Dates, times and references in voice texts, as a machine reads them aloud."""

from datetime import date, datetime, time

from django import template
from django.utils import timezone

from notifications.rules import spoken

register = template.Library()


@register.filter
def spoken_date(moment: date | datetime) -> str:
    """A day somebody has to come: 10月22日、木曜日."""
    return spoken.spoken_date(_day(moment))


@register.filter
def spoken_full_day(moment: date | datetime) -> str:
    """A day that can lie in another year: 2026年10月22日."""
    return spoken.spoken_full_day(_day(moment))


@register.filter
def spoken_time(moment: datetime | time) -> str:
    """A time of day: 午前10時30分."""
    clock = timezone.localtime(moment).time() if isinstance(moment, datetime) else moment
    return spoken.spoken_time(clock)


@register.filter
def spelled_out(text: str) -> str:
    """A reference or telephone number, one sign after the other."""
    return spoken.spelled_out(text)


def _day(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
