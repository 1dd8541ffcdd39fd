"""Numbers as people read them."""

from django import template

register = template.Library()


@register.filter
def count(number: int) -> str:
    """A whole number with a comma between thousands, in every language of the staff."""
    return f"{number:,}"
