"""Numbers on staff screens the way people at home read them."""

from django import template

from notifications.rules.phones import PhoneNotUnderstood, parse_phone

register = template.Library()


@register.filter
def national(e164: str) -> str:
    """0186-00-0111 for +81186000111; as it is kept where it is no number of this country."""
    try:
        return parse_phone(e164).national
    except PhoneNotUnderstood:
        return e164
