"""Tags for pages in eight languages: the switcher, language tags, readings, labelled fallback."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from django import template
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

register = template.Library()

READING = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
JAPANESE = frozenset({"ja", "ja-easy"})
PAGE_IN_LANGUAGE = '<li><a href="{0}" lang="{1}" hreflang="{1}"{2}>{3}</a></li>'
ANSWERS_IN_LANGUAGE = (
    '<li><button type="submit" form="same-answers" formaction="{0}" lang="{1}"{2}>{3}</button></li>'
)


@register.filter
def ruby(text: str) -> SafeString:
    """`{漢字|かんじ}` as furigana. Everything else is escaped; line breaks stay line breaks."""
    marked = READING.sub(
        r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", str(escape(text or ""))
    )
    return mark_safe(marked.replace("\n", "<br>"))  # noqa: S308  (escaped above)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Each line a paragraph, lines that begin with ・ or - a list; readings as in `ruby`."""
    parts = []
    for listed, lines in groupby((text or "").splitlines(), key=lambda line: line[:1] in "・-"):
        rows = [line.strip() for line in lines if line.strip()]
        if listed and rows:
            rows = [row.lstrip("・- ") for row in rows]
            parts.append(format_html("<ul>{}</ul>", each("<li>{}</li>", rows)))
        else:
            parts.append(each("<p>{}</p>", rows))
    return mark_safe("".join(parts))  # noqa: S308  (made of escaped parts)


def each(pattern: str, rows: Iterable[str]) -> SafeString:
    return format_html_join("", pattern, ((ruby(row),) for row in rows))


@register.filter
def without_readings(text: str) -> str:
    """`{漢字|かんじ}` as 漢字, for titles, options and other places that cannot hold furigana."""
    return READING.sub(r"\1", text or "")


@register.simple_tag
def text(row: Model, field: str) -> SafeString:
    """A translated field in the reader's language, or the Japanese one marked `lang="ja"`."""
    code = get_language() or settings.LANGUAGE_CODE
    own = getattr(row, build_localized_fieldname(field, code), None)
    if own:
        return ruby(own)
    japanese = ruby(getattr(row, build_localized_fieldname(field, "ja"), "") or "")
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
def here(context: template.Context, below: str) -> SafeString | str:
    """Marks a menu entry whose pages the reader is among; `below` is a path without language."""
    request: HttpRequest = context["request"]
    if not request.path.startswith(f"/{get_language()}/{below}"):
        return ""
    return mark_safe(' aria-current="true"')


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> SafeString:
    """The switcher's items: every language by its own name, the present one marked.

    In the middle of a form they are buttons that take `kept_answers` along (the form
    `same-answers` of base.html): a link would ask for an empty page and lose what was typed.
    Elsewhere what the address asks for, such as a month, is kept.
    """
    request: HttpRequest = context["request"]
    present = get_language()
    has_answers = context.get("kept_answers")
    address = request.path if has_answers else request.get_full_path()
    return format_html_join(
        "\n",
        ANSWERS_IN_LANGUAGE if has_answers else PAGE_IN_LANGUAGE,
        (
            (
                in_language(address, code),
                settings.LANGUAGE_TAGS[code],
                mark_safe(' aria-current="true"') if code == present else "",
                name,
            )
            for code, name in settings.LANGUAGES
        ),
    )


def in_language(path: str, code: str) -> str:
    """The address of the same page in another language; its first page where there is none."""
    translated = translate_url(path, code)
    return translated if translated.startswith(f"/{code}/") else f"/{code}/"


@register.simple_tag(takes_context=True)
def language_alternates(
    context: template.Context, codes: Sequence[str] | None = None
) -> SafeString:
    """hreflang links to this page in the languages it has (all of them unless `codes` says less).

    `x-default` is the address without a language, which sends each reader on to their own.
    """
    request: HttpRequest = context["request"]
    languages = [code for code, _ in settings.LANGUAGES] if codes is None else codes
    if not request.path.startswith(f"/{get_language()}/"):
        return mark_safe("")
    address = request.get_full_path()
    rows = [(settings.LANGUAGE_TAGS[c], in_language(address, c)) for c in languages]
    rows.append(("x-default", address.removeprefix(f"/{get_language()}")))
    return format_html_join(
        "\n  ",
        '<link rel="alternate" hreflang="{}" href="{}{}">',
        ((tag, settings.SITE_URL, path) for tag, path in rows),
    )
