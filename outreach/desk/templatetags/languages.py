"""Names of languages on staff screens."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def language_name(code: str) -> str:
    """A language by its own name, as the switcher shows it."""
    return dict(settings.LANGUAGES).get(code, code)
