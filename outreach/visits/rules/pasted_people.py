"""People in a table, as a facility pastes them out of a spreadsheet: tabs or commas, any heading.

Nothing that was pasted is lost: what has no column of its own becomes a note.
"""

import csv
import json
import unicodedata
from collections.abc import Iterable, Sequence

COLUMNS = ("name", "kana", "born", "language", "notes")

# How lists of facilities head their columns.
_HEADINGS = {
    "name": {"氏名", "名前", "お名前", "利用者名", "利用者氏名", "入所者名", "なまえ", "name"},
    "kana": {
        "フリガナ",
        "ふりがな",
        "カナ",
        "かな",
        "カナ氏名",
        "氏名カナ",
        "読み",
        "よみ",
        "kana",
    },
    "born": {
        "生年月日",
        "誕生日",
        "生年",
        "生まれ",
        "birthdate",
        "dateofbirth",
        "birthday",
        "born",
    },
    "language": {"言語", "ことば", "言葉", "使用言語", "language"},
    "notes": {"備考", "メモ", "特記", "特記事項", "その他", "notes", "note", "remarks"},
}
_COLUMN_OF = {heading: column for column, known in _HEADINGS.items() for heading in known}

_LANGUAGES = {
    "ja": {"日本語", "にほんご", "japanese", "jp"},
    "ja-easy": {"やさしい日本語", "やさしいにほんご"},
    "en": {"英語", "english"},
    "zh-hans": {"中国語", "中文", "简体中文", "chinese", "zh"},
    "vi": {"ベトナム語", "tiếngviệt", "tiengviet", "vietnamese", "vn"},
    "id": {"インドネシア語", "bahasaindonesia", "indonesian"},
    "tl": {"タガログ語", "フィリピン語", "tagalog", "filipino", "fil"},
    "ko": {"韓国語", "한국어", "korean", "kr"},
}
_LANGUAGE_OF = {
    word: code for code, words in _LANGUAGES.items() for word in (code.replace("-", ""), *words)
}

Row = dict[str, str]


def read_pasted(text: str) -> list[Row]:
    """The rows of a pasted table, with or without a line of headings; empty lines left out."""
    lines = [line for line in _lines(text) if any(line)]
    if not lines:
        return []
    headings = [_COLUMN_OF.get(_plain(cell)) for cell in lines[0]]
    # One word alone could be somebody's name; a list of people has at least the name's column.
    if "name" in headings:
        titles = lines[0]
        return [_row(line, headings, titles) for line in lines[1:]]
    return [_row(line, COLUMNS, ()) for line in lines]


def language_of(written: str) -> str | None:
    """The language code for what somebody wrote; empty for nothing, None for what is unknown."""
    plain = _plain(written)
    return _LANGUAGE_OF.get(plain) if plain else ""


def as_text(rows: Iterable[Row]) -> str:
    """Rows as one line of text a page can carry along; rows with nothing in them left out."""
    kept = [[row.get(column, "") for column in COLUMNS] for row in rows if any(row.values())]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def from_text(text: str) -> list[Row]:
    """What `as_text` wrote; no rows when it came back damaged."""
    try:
        lines = json.loads(text or "[]")
    except ValueError:
        return []
    if not isinstance(lines, list):
        return []
    return [
        dict(zip(COLUMNS, map(_tidy, map(str, line)), strict=False))
        for line in lines
        if isinstance(line, list)
    ]


def _lines(text: str) -> list[list[str]]:
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").replace("，", ",").replace("、", ",")
    if "\t" in text:
        tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = "\t" if "\t" in text else ","
    reader = csv.reader(tidy.split("\n"), delimiter=delimiter)
    return [[_tidy(cell) for cell in line] for line in reader]


def _row(line: Sequence[str], columns: Sequence[str | None], titles: Sequence[str]) -> Row:
    row = dict.fromkeys(COLUMNS, "")
    notes: list[str] = []
    for number, cell in enumerate(line):
        column = columns[number] if number < len(columns) else None
        if not cell:
            continue
        if column is None or column == "notes":
            title = titles[number] if column is None and number < len(titles) else ""
            notes.append(f"{title}: {cell}" if title else cell)
        elif row[column]:
            notes.append(cell)
        else:
            row[column] = cell
    row["notes"] = " ".join(notes)
    return row


def _tidy(cell: str) -> str:
    return " ".join(cell.split())


def _plain(cell: str) -> str:
    folded = unicodedata.normalize("NFKC", cell).casefold()
    return "".join(sign for sign in folded if sign not in " _-()・\u3000")
