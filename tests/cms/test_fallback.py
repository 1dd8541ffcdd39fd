"""A language that is not filled: Japanese, labelled in the reader's language, with the phone."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from cms.actions import site
from cms.models import GuidePage, HomePage
from tests.cms.conftest import Reader
from tests.cms.japanese_words import unmarked_japanese

NOT_TRANSLATED = "This page is not translated yet."


@pytest.fixture
def without_english(guide: GuidePage) -> GuidePage:
    """The card renewal guide, whose English nobody has written."""
    for name in ("headline", "summary", "deadline", "where", "warning"):
        setattr(guide, f"{name}_en", "")
    for name in ("steps", "bring", "costs"):
        setattr(guide, f"{name}_en", [])
    guide.save()
    return guide


@pytest.fixture
def fallback(without_english: GuidePage, read: Reader) -> BeautifulSoup:
    return read("/en/guides/card-renewal/")


def test_it_is_labelled_and_names_the_telephone(fallback: BeautifulSoup) -> None:
    notice = fallback.select_one(".notice--caution")
    assert NOT_TRANSLATED in notice.get_text()
    assert notice.select_one("a")["href"] == f"tel:{settings.CITY_PHONE}"


def test_all_its_japanese_is_marked_as_japanese(fallback: BeautifulSoup) -> None:
    assert fallback.h1.span["lang"] == "ja"
    assert fallback.h1.get_text() == "マイナンバーカードの更新"
    assert fallback.select_one(".steps")["lang"] == "ja"
    assert unmarked_japanese(fallback) == []


def test_it_is_not_announced_in_that_language(fallback: BeautifulSoup) -> None:
    announced = [link["hreflang"] for link in fallback.select("link[hreflang]")]
    assert "en" not in announced
    assert "vi" in announced


def test_it_is_not_in_the_sitemap_in_that_language(
    without_english: GuidePage, client: Client
) -> None:
    listed = client.get("/sitemap.xml").content.decode()
    assert "/ja/guides/card-renewal/" in listed
    assert "/en/guides/card-renewal/" not in listed


def test_readers_of_easy_japanese_are_told_too(guide: GuidePage, read: Reader) -> None:
    guide.headline_ja_easy = ""
    guide.save()
    soup = read("/ja-easy/guides/card-renewal/")
    assert soup.select_one(".notice--caution a")["href"] == f"tel:{settings.CITY_PHONE}"
    assert soup.h1.get_text() == "マイナンバーカードの更新"
    assert soup.select_one(".steps")["lang"] == "ja"


def test_a_first_page_without_a_translation_is_labelled_as_well(
    planted: site.Planted, read: Reader
) -> None:
    HomePage.objects.update(headline_en="", summary_en="")
    soup = read("/en/")
    assert NOT_TRANSLATED in soup.get_text()
    assert unmarked_japanese(soup) == []


def test_one_missing_part_is_shown_in_japanese_alone(guide: GuidePage, read: Reader) -> None:
    guide.bring_en = []
    guide.save()
    soup = read("/en/guides/card-renewal/")
    assert soup.select_one(".bring")["lang"] == "ja"
    assert soup.select_one(".steps").get("lang") is None
    assert NOT_TRANSLATED not in soup.get_text()
    assert unmarked_japanese(soup) == []


def test_a_translated_page_carries_no_such_label(guide: GuidePage, read: Reader) -> None:
    assert NOT_TRANSLATED not in read("/en/guides/card-renewal/").get_text()
