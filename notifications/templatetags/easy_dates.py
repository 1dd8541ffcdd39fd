"""Dates in messages of easy Japanese, where there is no furigana."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from notifications.rules import easy_dates

register = template.Library()


@register.filter
def easy_day(moment: date | datetime) -> str:
    """A day without its weekday: 12月5日（じゅうにがつ いつか）."""
    return easy_dates.easy_day(_day(moment))


@register.filter
def easy_date(moment: date | datetime) -> str:
    """A day somebody has to come: 12月5日（じゅうにがつ いつか）どようび."""
    return easy_dates.easy_date(_day(moment))


def _day(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
