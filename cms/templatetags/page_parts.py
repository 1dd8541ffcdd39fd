"""Parts of a page in the reader's language, or in Japanese and marked so."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.page_text import Part

register = template.Library()

READ_AS_JAPANESE = mark_safe(' lang="ja"')


@register.filter
def language_mark(part: Part) -> SafeString | str:
    """The `lang` attribute of an element that holds this part; nothing in the page's own."""
    return READ_AS_JAPANESE if part.is_japanese else ""


@register.filter
def spoken(words: SafeString, part: Part) -> SafeString:
    """Words of a part inside a sentence or a heading, marked where they are Japanese."""
    return format_html('<span lang="ja">{}</span>', words) if part.is_japanese else words
