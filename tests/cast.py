"""The people of the tests, reused everywhere. Nobody here exists; no number can be reached.

090-0000-… and 0186-00-… are in no assigned range.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Character:
    name: str
    kana: str
    language: str
    phone: str
    email: str = ""
    birth_year: int | None = None


# 82, lives alone at the edge of town, a landline and nothing else.
HARU = Character("雪沢ハル", "ユキサワハル", "ja", "0186-00-0111", birth_year=1944)
# 24, technical intern from Đà Nẵng, reads Vietnamese, a smartphone.
LINH = Character("TRAN THI LINH", "", "vi", "090-0000-0012", birth_year=2002)
# Haru's daughter in another town; asks on her mother's behalf.
AKIKO = Character("山瀬明子", "ヤマセアキコ", "ja", "090-0000-0013", "akiko@example.com", 1970)
# A care manager who asks for several residents.
CARE_MANAGER = Character("黒土健", "クロツチケン", "ja", "0186-00-0114", "care@example.com")
# Married into town from Harbin, reads simplified Chinese.
LI_NA = Character("LI NA", "", "zh-hans", "090-0000-0015", birth_year=1988)
# Shares Akiko's telephone.
GRANDSON = Character("山瀬蓮", "ヤマセレン", "ja", "090-0000-0013", birth_year=2009)

# Staff log-ins by role.
STAFF = {
    "editor": "hensyu",
    "translator": "honyaku",
    "desk": "madoguchi",
    "visitor": "houmon",
    "manager": "kacho",
    "admin": "kanri",
}
