"""Let the map come before the admin's own scripts, which otherwise stop the page for a second."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def deferred(scripts: SafeString) -> SafeString:
    """Wagtail's `<script src=…>` tags with `defer`: the same order, before DOMContentLoaded.

    Wagtail writes them ahead of the content and has them wait for the document themselves, so
    running them once it has been read changes nothing for them.
    """
    return mark_safe(scripts.replace("<script src=", "<script defer src="))  # noqa: S308
