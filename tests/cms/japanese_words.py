"""Finds Japanese on a page where its reader's device would read it aloud in another language."""

import re

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

CJK = re.compile(r"[぀-ヿ一-鿿ｦ-ﾟ]")
SPOKEN_ATTRIBUTES = ("alt", "title", "aria-label", "content", "value")


def unmarked_japanese(soup: BeautifulSoup) -> list[str]:
    """Texts and attributes with kana or kanji outside an element that says `lang`."""
    found = []
    for text in soup.find_all(string=CJK):
        if not isinstance(text, Comment) and not _is_marked(text):
            found.append(str(text).strip())
    for element in soup.find_all(True):
        for name in SPOKEN_ATTRIBUTES:
            if CJK.search(str(element.get(name, ""))) and not _is_marked(element):
                found.append(f"{name}={element[name]}")
    return found


def _is_marked(node: Tag | NavigableString) -> bool:
    nearest = next((p for p in (node, *node.parents) if isinstance(p, Tag) and p.get("lang")), None)
    return nearest is not None and str(nearest["lang"]) in ("ja", "ja-x-easy", "zh-Hans")
