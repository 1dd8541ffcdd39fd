"""What the SMS of an announcement must say, and what it must not be."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from .codes import LENGTH as CODE_LENGTH
from .codes import with_code
from .sms import sms_parts

# What staff may write in braces. Nothing that names a person: an SMS is read over a shoulder.
VARIABLES = ("city_name", "city_phone", "my_url")
MOST_PARTS = 2
_IN_BRACES = re.compile(r"\{([^{}]*)\}")

# By which words a reader of each language understands that they can end it.
_STOP_WORDS = {
    "ja": ("停止", "やめ", "stop"),
    "ja-easy": ("やめ", "とめ", "停止", "stop"),
    "en": ("stop",),
    "zh-hans": ("停止", "退订", "stop"),
    "vi": ("ngừng", "dừng", "stop"),
    "id": ("stop", "berhenti"),
    "tl": ("ihinto", "itigil", "stop"),
    "ko": ("거부", "중지", "그만", "stop"),
}

# An ending that says both: the number to call, and how to stop.
ENDINGS = {
    "ja": "問合せ・配信停止は{city_phone}",
    "ja-easy": "ききたいとき・やめたいとき でんわ{city_phone}",
    "en": "Questions or stop messages: {city_phone}",
    "zh-hans": "咨询或停止接收请致电{city_phone}",
    "vi": "Hỏi hoặc ngừng nhận tin: {city_phone}",
    "id": "Tanya atau stop pesan: {city_phone}",
    "tl": "Magtanong o ihinto ang mensahe: {city_phone}",
    "ko": "문의·수신 거부 {city_phone}",
}


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for makemessages and return it unchanged: the rules know no language."""
    return sentence


class TextFault(StrEnum):
    """What is wrong with the words of an announcement, each with the sentence that says so."""

    UNKNOWN_VARIABLE = gettext_noop(
        "Something in braces cannot be filled in. Write only {city_name}, {city_phone} or "
        "{my_url} in braces, and no braces in the subject except {city_name}."
    )
    NO_PHONE = gettext_noop("The SMS must give the city's telephone number: write {city_phone}.")
    NO_WAY_OUT = gettext_noop(
        "The SMS must say how to stop such messages. Use the example above the field."
    )
    TOO_LONG = gettext_noop(
        "The SMS is longer than two parts. Shorten it until it fits, or leave out {my_url}."
    )


def unknown_variables(words: str, *, known: tuple[str, ...] = VARIABLES) -> bool:
    """Whether something stands in braces that nobody would fill in."""
    return any(name not in known for name in _IN_BRACES.findall(words))


def sms_faults(words: str, *, filled: str, language: str, city_phone: str) -> list[TextFault]:
    """What is wrong with the words of an SMS as staff wrote them.

    `filled` is the same with its variables filled in as long as they can get.
    """
    faults = (
        (unknown_variables(words), TextFault.UNKNOWN_VARIABLE),
        (city_phone not in filled, TextFault.NO_PHONE),
        (not _says_how_to_stop(filled, language), TextFault.NO_WAY_OUT),
        (parts_with_code(filled) > MOST_PARTS, TextFault.TOO_LONG),
    )
    return [fault for holds, fault in faults if holds]


@lru_cache(maxsize=64)
def parts_with_code(filled: str) -> int:
    """Parts an SMS is charged as once its code stands at the end."""
    return sms_parts(with_code(filled, "X" * CODE_LENGTH))


def _says_how_to_stop(filled: str, language: str) -> bool:
    plain = unicodedata.normalize("NFKC", filled).casefold()
    return any(word in plain for word in _STOP_WORDS[language])
