"""One term for one thing: docs/terms.md is what the product really says in each language."""

import re
import tomllib
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import to_locale

ROOT = Path(settings.BASE_DIR)
TABLE = ROOT / "docs" / "terms.md"
# The columns of the table. Easy Japanese stands there in kana and in the guides with furigana.
LANGUAGES = ("ja", "ja-easy", "en", "zh-hans", "vi", "id", "tl", "ko")
COMPARED = tuple(language for language in LANGUAGES if language != "ja-easy")

# Words once used beside the term of the table. They may not come back.
RIVALS = {
    "zh-hans": ("教室", "市役所", "残障", "到期提醒"),
    "vi": ("chứng thư điện tử", "mã đăng ký", "cấp đổi", "thẻ cư trú", "thẻ zairyu"),
    "id": ("sertifikat digital", "kelas smartphone", "kunjungan rumah", "nomor pendaftaran"),
    "tl": ("digital certificate", "smartphone class", "kawani", "numero ng hiling"),
    "ko": ("수속", "가정 방문", "마이넘버카드", "기한 알림", "출장 창구"),
}


def texts(language: str) -> str:
    """Everything residents and staff read in one language, in small letters."""
    name = re.escape(language)
    files = [*ROOT.glob("cms/content/*/*/*.toml"), *ROOT.glob("*/templates/*/messages/**/*.txt")]
    files += ROOT.glob("outreach/*/templates/*/messages/**/*.txt")
    found = [
        path.read_text("utf-8")
        for path in files
        if re.search(rf"(^|\.){name}\.(toml|txt)$", path.name)
    ]
    catalog = ROOT / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"
    for entry in polib.pofile(str(catalog)):
        found += [entry.msgstr, *entry.msgstr_plural.values()]
    return "\n".join([*found, *town_texts(language)]).casefold()


def town_texts(language: str) -> list[str]:
    town = tomllib.loads((ROOT / "config/demo_town/town.toml").read_text("utf-8"))
    key = language.replace("-", "_")
    rows = [row for kind in ("venues", "reception_points", "courses") for row in town[kind]]
    return [value[key] for row in rows for value in row.values() if type(value) is dict and value]


def rows() -> list[list[str]]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_row_of_the_table_has_a_term_in_every_language():
    assert len(rows()) >= 25
    assert [row for row in rows() if len(row) != len(LANGUAGES) or not all(row)] == []


@pytest.mark.parametrize("language", COMPARED)
def test_every_term_of_the_table_is_what_the_product_says(language):
    said = texts(language)
    column = [row[LANGUAGES.index(language)] for row in rows()]
    terms = [re.split(r"[,;(（]", cell)[0].strip().casefold() for cell in column]
    assert [term for term in terms if term not in said] == []


@pytest.mark.parametrize("language", sorted(RIVALS))
def test_no_second_term_comes_back(language):
    said = texts(language)
    assert [word for word in RIVALS[language] if word in said] == []
