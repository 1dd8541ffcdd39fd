"""The seats of a class in words, on pages of any kind."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.classes.models import ClassSession
from outreach.places.rules.seats import SeatWord

register = template.Library()

WORDS = {
    SeatWord.FREE: _("Seats free"),
    SeatWord.FEW: _("Few seats left"),
    SeatWord.FULL: _("Full"),
}


@register.simple_tag
def seats(session: ClassSession) -> str | Promise:
    """空きあり, 残りわずか or 満席."""
    return WORDS[session.seat_word]
