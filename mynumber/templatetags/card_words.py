"""Documents in words, where a template has only their keys: in messages."""

from django import template

from mynumber import way_words
from mynumber.rules.documents import Document

register = template.Library()


@register.filter
def document_words(key: str) -> str:
    """A document as people read it, in the language that is active."""
    return str(way_words.DOCUMENTS[Document(key)])
