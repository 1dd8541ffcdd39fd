"""Whether anything goes out, for the screens that put something on its way."""

from django import template

from notifications.actions import sending_stops
from notifications.models import SendingStop

register = template.Library()


@register.simple_tag
def standing_stop() -> SendingStop | None:
    """The stop that holds everything back now."""
    return sending_stops.standing()
