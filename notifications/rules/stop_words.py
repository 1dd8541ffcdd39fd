"""What people write to stop messages to their number, and to have them again.

Only a text that is nothing but such a word counts. Inside a sentence the same word can mean the
opposite (「停止しないで」), and a colleague reads every sentence.
"""

import unicodedata
from enum import StrEnum


class Wish(StrEnum):
    """What a text asks for; the values are those of ``InboundText.Kind``."""

    STOP = "stop"
    START = "start"
    OTHER = "other"


# Left out on purpose: CANCEL, キャンセル, やめる and the like, which from somebody with a seat in
# a class mean the class.
_STOP = {
    "en": ("stop", "stop all", "stopall", "unsubscribe", "opt out", "optout", "quit"),
    "ja": ("停止", "配信停止", "受信停止", "送信停止", "解除", "配信解除", "登録解除", "受信拒否"),
    "ja-easy": ("ストップ", "すとっぷ", "ていし", "かいじょ", "はいしんていし"),
    "zh-hans": ("退订", "退訂", "取消订阅", "取消訂閱", "停止接收", "td"),
    "vi": ("dừng", "dung", "ngừng", "ngung", "hủy", "huỷ", "huy", "từ chối", "tu choi"),
    "id": ("berhenti", "henti", "hentikan"),
    "tl": ("itigil", "tigil", "ihinto", "hinto"),
    "ko": ("수신거부", "수신 거부", "중지", "수신중지", "정지", "그만", "거부", "스톱"),
}
_START = {
    "en": ("start", "unstop", "subscribe", "resume", "opt in", "optin"),
    "ja": ("再開", "配信再開", "開始", "配信開始", "受信再開"),
    "ja-easy": ("スタート", "すたーと", "さいかい", "かいし"),
    "zh-hans": ("恢复", "恢復", "开始", "開始", "订阅", "訂閱", "重新订阅"),
    "vi": ("bắt đầu", "bat dau", "tiếp tục", "tiep tuc"),
    "id": ("mulai", "lanjutkan"),
    "tl": ("simulan", "magsimula", "ituloy"),
    "ko": ("시작", "재개", "수신동의", "수신 동의", "수신재개"),
}


def wish_of(text: str) -> Wish:
    """What a whole text asks for; full-width letters, capitals and outer spaces do not matter."""
    written = _comparable(text)
    if written in STOP_WORDS:
        return Wish.STOP
    return Wish.START if written in START_WORDS else Wish.OTHER


def _comparable(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


STOP_WORDS = frozenset(_comparable(word) for words in _STOP.values() for word in words)
START_WORDS = frozenset(_comparable(word) for words in _START.values() for word in words)
