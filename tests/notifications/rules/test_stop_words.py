import unicodedata

import pytest

from notifications.models import InboundText
from notifications.rules.stop_words import START_WORDS, STOP_WORDS, Wish, wish_of


def test_a_wish_is_kept_under_its_own_name():
    assert {wish.value for wish in Wish} == set(InboundText.Kind.values)


@pytest.mark.parametrize(
    "text",
    [
        *("停止", "配信停止", "解除", "ていし", "かいじょ", "ストップ"),
        *("STOP", "Stop", "stop", "unsubscribe"),
        *("退订", "取消订阅", "TD"),
        *("Dừng", "dung", "HỦY", "huỷ", "huy"),
        *("berhenti", "BERHENTI", "Itigil", "tigil", "수신거부", "수신 거부", "중지"),
    ],
)
def test_a_word_that_stops_in_each_language(text):
    assert wish_of(text) is Wish.STOP


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ＳＴＯＰ", id="full width"),
        pytest.param("  stop \n", id="spaces around it"),
        pytest.param("ｽﾄｯﾌﾟ", id="half-width kana"),
        pytest.param("\u3000停止\u3000", id="full-width spaces"),
        pytest.param(unicodedata.normalize("NFD", "Dừng"), id="marks typed on their own"),
    ],
)
def test_however_it_is_typed(text):
    assert wish_of(text) is Wish.STOP


@pytest.mark.parametrize(
    "text",
    [
        *("停止しないでください", "停止はどうやってしますか", "STOPって何ですか", "please stop"),
        *("stop it", "don't stop", "バス停止まってる", "中止ですか", "キャンセル", "cancel"),
        *("やめる", "dừng lại ở đâu?", "중지하지 마세요", "不要退订", "", "   ", "。"),
    ],
)
def test_a_sentence_is_for_a_person(text):
    assert wish_of(text) is Wish.OTHER


@pytest.mark.parametrize(
    "text",
    ["START", "再開", "さいかい", "恢复", "Bắt đầu", "mulai", "ituloy", "시작", " ｓｔａｒｔ "],
)
def test_a_word_that_starts_again(text):
    assert wish_of(text) is Wish.START


def test_no_word_means_both():
    assert not STOP_WORDS & START_WORDS
