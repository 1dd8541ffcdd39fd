"""Tags for pages in eight languages: the switcher, language tags, readings, labelled fallback."""

import re

from django import template
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

READING = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
JAPANESE = frozenset({"ja", "ja-easy"})


@register.filter
def ruby(text: str) -> SafeString:
    """`{漢字|かんじ}` as furigana. Everything else is escaped; line breaks stay line breaks."""
    marked = READING.sub(
        r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", str(escape(text or ""))
    )
    return mark_safe(marked.replace("\n", "<br>"))  # noqa: S308  (escaped above)


@register.filter
def without_readings(text: str) -> str:
    """`{漢字|かんじ}` as 漢字, for titles, options and other places that cannot hold furigana."""
    return READING.sub(r"\1", text or "")


@register.simple_tag
def text(row: Model, field: str) -> SafeString:
    """A translated field in the reader's language, or the Japanese one marked `lang="ja"`."""
    code = get_language() or settings.LANGUAGE_CODE
    own = getattr(row, f"{field}_{code.replace('-', '_')}", None)
    if own:
        return ruby(own)
    japanese = ruby(getattr(row, f"{field}_ja", "") or "")
    return japanese if code in JAPANESE or not japanese else in_japanese(japanese)


@register.filter
def in_japanese(value: str) -> SafeString:
    """Japanese words on a page of any language, so that they are read aloud as Japanese."""
    return format_html('<span lang="ja">{}</span>', value)


@register.simple_tag
def place_name(district: Model) -> SafeString | str:
    """A district's name: Japanese for readers of Japanese, else roman letters where there are."""
    name, roman = getattr(district, "name"), getattr(district, "name_roman")  # noqa: B009
    if get_language() in JAPANESE:
        return name
    return roman or in_japanese(name)


@register.filter
def language_tag(code: str) -> str:
    """The BCP 47 tag of one of our language codes."""
    return settings.LANGUAGE_TAGS.get(code, code)


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> SafeString:
    """The switcher's items: every language by its own name, the present one marked."""
    request: HttpRequest = context["request"]
    here = get_language()
    return format_html_join(
        "\n",
        '<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>',
        (
            (
                translate_url(request.path, code),
                settings.LANGUAGE_TAGS[code],
                settings.LANGUAGE_TAGS[code],
                mark_safe(' aria-current="true"') if code == here else "",
                name,
            )
            for code, name in settings.LANGUAGES
        ),
    )
