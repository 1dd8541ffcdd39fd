"""How a name sounds, for finding people whose name was heard or typed a little differently."""

from itertools import permutations

from outreach.people.rules.names import as_katakana, comparable

# What is heard alike, or written alike on a form filled in by hand.
_ALIKE = str.maketrans(
    "ァィゥェォッャュョヮヵヶヲヰヱ" + "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
    "アイウエオツヤユヨワカケオイエ" + "カキクケコサシスセソタシステトハヒフヘホハヒフヘホフ",
)
_ROWS = {
    "ア": "アカサタナハマヤラワ",
    "イ": "イキシチニヒミリ",
    "ウ": "ウクスツヌフムユル",
    "エ": "エケセテネヘメレ",
    "オ": "オコソトノホモヨロ",
}
_VOWEL_OF = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
# A vowel that only lengthens the one before it: ユウコ and ユーコ, オオタ and オータ, ケイコ.
_LENGTHENS = frozenset({"アア", "イイ", "ウウ", "エエ", "エイ", "オオ", "オウ"})
# Variants of kanji that stand for each other on forms; a family's own form stays on its envelope.
_VARIANTS = str.maketrans(
    "髙﨑邉邊齋齊斎澤舘濱嶋嶌廣國眞惠榮櫻龍瀨德淸增齡藏條德",
    "高崎辺辺斉斉斉沢館浜島島広国真恵栄桜竜瀬徳清増齢蔵条徳",
)
# Of more parts than this nobody says the order differently.
_MOST_PARTS = 3


def sound_of(reading: str) -> str:
    """What two readings that sound alike have in common; empty for an empty reading.

    Left out are spaces, the marks that tell ハ from バ and パ, the size of ッ and ャ, and what
    only lengthens a vowel: "ユウキ", "ゆーき" and "ユキ" sound alike, as do "ハバ" and "ハハ".
    """
    return _shortened(comparable(reading).translate(_ALIKE))


def sounds_of(said: str) -> set[str]:
    """The sounds somebody's reading may be kept under when its parts may be in another order.

    Where the family name ends is not known when no space was typed, so every turn is tried.
    """
    together = comparable(said)
    turned = (together[place:] + together[:place] for place in range(len(together)))
    return {sound_of(one) for one in turned} - {""}


def name_key(name: str) -> str:
    """What two ways of writing one name have in common: width, spaces, capitals, accents, variants.

    >>> name_key("髙橋　澤子") == name_key("高橋沢子")
    True
    """
    return comparable(name).translate(_VARIANTS)


def name_keys(name: str) -> set[str]:
    """The keys somebody's name may be kept under when its parts may be in another order.

    People from abroad write the family name first or last.
    """
    parts = as_katakana(name).split()
    if len(parts) > _MOST_PARTS:
        return {name_key(name)}
    return {name_key("".join(order)) for order in permutations(parts)} - {""}


def _shortened(sound: str) -> str:
    kept: list[str] = []
    before = ""
    for kana in sound:
        if kana == "ー" or _VOWEL_OF.get(before, "") + kana in _LENGTHENS:
            continue
        kept.append(kana)
        before = kana
    return "".join(kept)
