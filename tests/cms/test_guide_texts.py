"""The guides as their readers need them: the same steps, plain easy Japanese, their own script.

Rules of easy Japanese: 出入国在留管理庁・文化庁 在留支援のためのやさしい日本語ガイドライン.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from cms.content_files import GUIDES, guide_texts, section_texts
from config.templatetags.site_shell import READING

CODES = [code for code, _ in settings.LANGUAGES]
TRANSLATED = [code for code in CODES if code not in ("ja", "ja-easy")]
KEYS = {"headline", "summary", "deadline", "steps", "bring", "costs", "where", "warning"}
ROW_KEYS = {"steps": {"title", "text"}, "bring": {"item", "note"}, "costs": {"what", "price"}}
MAY_BE_EMPTY = {"note"}
MOST_STEPS = 6
LONGEST_EASY_SENTENCE = 50
LONGEST_READING_PER_SIGN = 4  # こころざし and its like aside, no kanji is read with more kana

KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9f]")
KANJI = re.compile(r"[々\u3400-\u4dbf\u4e00-\u9fff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
HIRAGANA = re.compile(r"[\u3041-\u3096ー]+")
# Shapes that only Japanese or only traditional Chinese writes.
NOT_SIMPLIFIED = re.compile(r"[気円込発変険証続単図読覧応権済個號碼證險續電話請讀對應與當]")
NOT_EASY = [
    pytest.param(r"いただ|ございま|くださいますよう|いたしま|うかが|申し上げ", id="keigo"),
    pytest.param(r"(令和|平成|昭和|大正)", id="a Japanese era"),
    pytest.param("[〜～]", id="a wave instead of から"),
    pytest.param(r"\d\s*/\s*\d", id="a date with slashes"),
    pytest.param(r"ないわけではな|なくはな|なければなりません", id="two negatives"),
]
NOT_ITS_SCRIPT = {
    "en": [KANA, KANJI, HANGUL],
    "vi": [KANA, KANJI, HANGUL],
    "id": [KANA, KANJI, HANGUL],
    "tl": [KANA, KANJI, HANGUL],
    "ko": [KANA, KANJI],
    "zh-hans": [KANA, HANGUL, NOT_SIMPLIFIED],
}


def fields(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a guide with the name it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from fields(inner, key)
    else:
        for _block, row in value:
            yield from fields(row, name)


def easy_texts() -> Iterator[str]:
    for texts in (*map(guide_texts, GUIDES), *map(section_texts, ("home", "guides", "classes"))):
        yield from (text for _name, text in fields(texts["ja-easy"]))


def as_read_aloud(text: str) -> str:
    """Without the markup of readings: the kanji as they stand on the page."""
    return READING.sub(r"\1", text)


def sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[。\n]", as_read_aloud(text)) if part.strip()]


@pytest.mark.parametrize("slug", GUIDES)
@pytest.mark.parametrize("code", CODES)
def test_a_guide_has_every_part_and_no_empty_words(slug: str, code: str) -> None:
    text = guide_texts(slug)[code]
    assert set(text) == KEYS
    assert 1 <= len(text["steps"]) <= MOST_STEPS
    for part, keys in ROW_KEYS.items():
        assert all(set(row) == keys for _block, row in text[part]), part
    assert not [name for name, words in fields(text) if not words and name not in MAY_BE_EMPTY]


@pytest.mark.parametrize("slug", GUIDES)
@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("part", ROW_KEYS)
def test_a_translation_has_as_many_rows_as_the_japanese(slug: str, code: str, part: str) -> None:
    texts = guide_texts(slug)
    assert len(texts[code][part]) == len(texts["ja"][part])


@pytest.mark.parametrize("slug", GUIDES)
def test_easy_japanese_may_have_fewer_steps_but_never_more(slug: str) -> None:
    texts = guide_texts(slug)
    assert len(texts["ja-easy"]["steps"]) <= len(texts["ja"]["steps"])


def test_a_sentence_of_easy_japanese_is_short() -> None:
    long = [
        sentence
        for text in easy_texts()
        for sentence in sentences(text)
        if len(sentence) > LONGEST_EASY_SENTENCE
    ]
    assert not long


@pytest.mark.parametrize("pattern", NOT_EASY)
def test_easy_japanese_does_without(pattern: str) -> None:
    assert not [text for text in easy_texts() if re.search(pattern, as_read_aloud(text))]


def test_every_kanji_of_easy_japanese_stands_in_a_reading() -> None:
    assert not [text for text in easy_texts() if KANJI.search(READING.sub("", text))]


def test_a_reading_is_hiragana_for_kanji_alone() -> None:
    """Okurigana stays outside, so that readers see which part is read how."""
    strange = [
        (base, reading)
        for text in easy_texts()
        for base, reading in READING.findall(text)
        if KANA.search(base)
        or not KANJI.search(base)
        or not HIRAGANA.fullmatch(reading)
        or len(reading) > LONGEST_READING_PER_SIGN * len(base)
    ]
    assert not strange


@pytest.mark.parametrize("slug", GUIDES)
@pytest.mark.parametrize("code", NOT_ITS_SCRIPT)
def test_a_guide_stays_in_its_readers_script(slug: str, code: str) -> None:
    for _name, text in fields(guide_texts(slug)[code]):
        found = [sign for script in NOT_ITS_SCRIPT[code] for sign in script.findall(text)]
        assert not found, text


@pytest.mark.parametrize("slug", GUIDES)
def test_japanese_names_one_thing_by_one_word(slug: str) -> None:
    """A card is applied for (申請); classes, visits and reminders are asked for (申込み)."""
    text = "\n".join(words for _name, words in fields(guide_texts(slug)["ja"]))
    assert not re.search(r"スマホ|訪問を頼|申し込み(?![まに])", text)
