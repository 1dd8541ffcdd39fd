"""The texts the product brings along are complete and written as their readers need them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from cms.content_files import GUIDES, guide_texts, section_texts
from config.templatetags.site_shell import READING
from mynumber.validators import refuse_forbidden_numbers

CODES = [code for code, _ in settings.LANGUAGES]
SECTIONS = ("home", "guides", "classes")
GUIDE_KEYS = {"headline", "summary", "deadline", "steps", "bring", "costs", "where", "warning"}
KANJI = re.compile(r"[一-鿿々]")
TEXTS = [
    *(pytest.param(guide_texts(slug), id=slug) for slug in GUIDES),
    *(pytest.param(section_texts(name), id=name) for name in SECTIONS),
]


def words(value: Any) -> Iterator[str]:
    """Every piece of text in one file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words(inner)


@pytest.mark.parametrize("slug", GUIDES)
def test_each_guide_is_whole_in_every_language(slug: str) -> None:
    texts = guide_texts(slug)
    assert list(texts) == CODES
    for code, text in texts.items():
        assert set(text) == GUIDE_KEYS, code
        assert all(text.values()), code


@pytest.mark.parametrize("name", SECTIONS)
def test_each_section_is_whole_in_every_language(name: str) -> None:
    texts = section_texts(name)
    assert list(texts) == CODES
    assert all(set(text) == {"headline", "summary"} for text in texts.values())


@pytest.mark.parametrize("texts", TEXTS)
def test_easy_japanese_has_a_reading_on_every_kanji(texts: dict[str, Any]) -> None:
    for text in words(texts["ja-easy"]):
        assert not KANJI.search(READING.sub("", text)), text


@pytest.mark.parametrize("texts", TEXTS)
def test_readings_stand_in_easy_japanese_only(texts: dict[str, Any]) -> None:
    for code in set(CODES) - {"ja-easy"}:
        assert not any(READING.search(text) for text in words(texts[code])), code


@pytest.mark.parametrize("texts", TEXTS)
def test_no_text_holds_a_number_that_may_not_be_kept(texts: dict[str, Any]) -> None:
    for text in words(texts):
        refuse_forbidden_numbers(text)


@pytest.mark.parametrize("texts", TEXTS)
def test_headlines_fit_their_column(texts: dict[str, Any]) -> None:
    assert all(len(text["headline"]) <= 120 for text in texts.values())
