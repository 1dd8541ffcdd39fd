"""The interface speaks all eight languages: every string extracted, every translation there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import to_locale

ROOT = Path(__file__).parent.parent
CODES = [code for code, _ in settings.LANGUAGES]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")


def catalog(code: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po"))


@pytest.fixture(scope="module")
def strings_in_code(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str]]:
    """What `make messages` would extract today, without touching the catalogs."""
    if shutil.which("xgettext") is None:
        pytest.fail("xgettext is missing; `make test` installs gettext where it may.")
    copy = tmp_path_factory.mktemp("tree")
    for app in ("config", "cms", "maps", "outreach", "mynumber", "notifications"):
        shutil.copytree(ROOT / app, copy / app, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "manage.py", copy)
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "en", "--no-location"],
        cwd=copy,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )
    found = polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))
    return {(entry.msgctxt, entry.msgid) for entry in found}


@pytest.mark.parametrize("code", CODES)
def test_every_string_of_the_code_is_in_the_catalog(
    code: str, strings_in_code: set[tuple[str | None, str]]
) -> None:
    known = {(entry.msgctxt, entry.msgid) for entry in catalog(code)}
    assert not strings_in_code - known


@pytest.mark.parametrize("code", CODES)
def test_every_string_is_translated(code: str) -> None:
    entries = catalog(code)
    empty = [entry.msgid for entry in entries if not entry.obsolete and not entry.translated()]
    assert not empty


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_their_placeholders(code: str) -> None:
    broken = []
    for entry in catalog(code):
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(
            PLACEHOLDER.findall(entry.msgid_plural or "")
        )
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and set(PLACEHOLDER.findall(text)) != wanted:
                broken.append(entry.msgid)
    assert not broken


@pytest.mark.parametrize("code", ["en", "vi", "id", "tl", "ko"])
def test_no_japanese_in_languages_written_otherwise(code: str) -> None:
    # Some sentences for staff name the headers of Japanese files, in English too.
    found = [
        entry.msgid
        for entry in catalog(code)
        if JAPANESE.search(entry.msgstr) and not JAPANESE.search(entry.msgid)
    ]
    assert not found


def test_no_kana_in_chinese() -> None:
    assert not [entry.msgid for entry in catalog("zh-hans") if KANA.search(entry.msgstr)]


def test_easy_japanese_needs_no_reading() -> None:
    """Interface strings stand where furigana cannot (titles, options), so they use kana alone."""
    kanji = re.compile(r"[\u4e00-\u9fff]")
    found = [entry.msgid for entry in catalog("ja-easy") if kanji.search(entry.msgstr)]
    assert not found
