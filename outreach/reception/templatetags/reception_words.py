"""What pages and lists say about counters."""

from django import template
from django.utils.functional import Promise

from outreach.reception.documents import documents_for

register = template.Library()


@register.simple_tag
def bring(service: str) -> tuple[Promise, ...]:
    """What to bring for a service."""
    return documents_for(service)
