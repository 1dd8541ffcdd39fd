"""How names are written down and how two spellings of one name are recognised."""

import re
import unicodedata

_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_KANA = re.compile(r"[ァ-ヺーヽヾ・ ]*")
# Letters of Vietnamese and its neighbours that have no accent to take off.
_PLAIN_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l"})


def tidy_name(written: str) -> str:
    """A name as it is kept: single spaces, none at the ends, the characters as written.

    Variants of a kanji are left alone: a person's own spelling stands on the envelope.
    """
    return " ".join(written.split())


def as_katakana(written: str) -> str:
    """A reading in full-width katakana with single spaces, from any kind of kana."""
    wide = unicodedata.normalize("NFKC", written)
    return tidy_name(wide).translate(_HIRAGANA_TO_KATAKANA)


def is_kana(reading: str) -> bool:
    """Whether a reading, made katakana, holds nothing else."""
    return _KANA.fullmatch(reading) is not None


def comparable(written: str) -> str:
    """What two spellings of one name have in common.

    Width, spaces, capitals, the kind of kana and accents on Latin letters are left out:
    "Nguyễn Văn An" and "NGUYEN VAN AN" are one name, as are "さとう　ハル" and "サトウハル".
    """
    folded = as_katakana(written).replace(" ", "").casefold()
    return "".join(map(_without_accents, folded)).translate(_PLAIN_LETTERS)


def _without_accents(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    # Only Latin: in Japanese the mark makes another letter (ハ, バ).
    return base if base.isascii() else character
