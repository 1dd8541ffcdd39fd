"""How addresses of the town are compared: 大字 and 小字, in old spellings and new."""

import re
import unicodedata
from dataclasses import dataclass

# Old and new spellings of one place: 下タ舘, 下夕館; 湯ヶ沢, 湯ケ沢; 上の山, 上ノ山.
_ALIKE = str.maketrans("ヶヵがガのﾉ之舘澤嶋濱﨑邊邉", "ケケケケノノノ館沢島浜崎辺辺")
_OAZA_SIGN = re.compile(r"^大字")
_KOAZA_SIGN = re.compile(r"^(?:小字|字)")
_TOWN = re.compile(
    r"^(?:[^\s\d]{2,3}[都道府県])?(?:[^\s\d字]{1,7}?郡)?(?:[^\s\d字]{1,7}?[市町村])?"
)
_WRITTEN = re.compile(r"(?:大字)?(?P<oaza>[^\d字]+?)(?:小字|字)(?P<koaza>[^\d]*?)(?P<rest>\d.*|)$")
_POSTCODE = re.compile(r"^〒?\s*\d{3}-?\d{4}\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """大字 and 小字, as written; either may be empty."""

    oaza: str = ""
    koaza: str = ""


def place_key(name: str) -> str:
    """What the spellings of one 大字 or 小字 have in common: ヶ/ケ, ノ/の, 舘/館, spaces, 字.

    The same 小字 name exists under several 大字: only the pair of both keys names a place.
    """
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    bare = _KOAZA_SIGN.sub("", _OAZA_SIGN.sub("", plain))
    return bare.translate(_ALIKE)


def place_in(address: str) -> Place:
    """大字 and 小字 of a written address, as far as it says 字; both empty where it does not.

    秋田県鹿角市花輪字荒田4番地1 lies in 花輪, 荒田. The town itself may be left out.
    """
    plain = "".join(unicodedata.normalize("NFKC", address).split())
    without_town = _TOWN.sub("", _POSTCODE.sub("", plain), count=1)
    written = _WRITTEN.match(without_town)
    return Place(written["oaza"], written["koaza"]) if written else Place()
