from typing import Any

import pytest
from django.conf import settings

from cms.content_files import GUIDES, guide_texts, section_texts
from config.templatetags.site_shell import without_readings
from tests.cms.conftest import Reader
from tests.cms.japanese_words import unmarked_japanese

CODES = [code for code, _ in settings.LANGUAGES]
PAGES = ["", "guides/", "classes/", *(f"guides/{slug}/" for slug in GUIDES)]


@pytest.mark.parametrize("code", CODES)
def test_every_page_answers_in_every_language_and_says_which(code: str, read: Reader) -> None:
    for page in PAGES:
        soup = read(f"/{code}/{page}")
        assert soup.html["lang"] == settings.LANGUAGE_TAGS[code]
        assert len(soup.find_all("h1")) == 1


@pytest.mark.parametrize("code", CODES)
def test_a_guide_shows_its_own_languages_text(code: str, read: Reader) -> None:
    text = guide_texts("card-renewal")[code]
    soup = read(f"/{code}/guides/card-renewal/")
    assert plain(soup.h1) == without_readings(text["headline"])
    assert len(soup.select(".steps > li")) == len(text["steps"])
    assert len(soup.select(".bring > li")) == len(text["bring"])
    assert len(soup.select(".costs tr")) == len(text["costs"])


@pytest.mark.parametrize("code", [code for code in CODES if not code.startswith(("ja", "zh"))])
def test_no_japanese_stands_unmarked_on_pages_of_other_languages(code: str, read: Reader) -> None:
    for page in PAGES:
        assert unmarked_japanese(read(f"/{code}/{page}")) == [], page


def test_easy_japanese_gives_readings_above_the_words_and_none_in_the_title(read: Reader) -> None:
    soup = read("/ja-easy/guides/card-renewal/")
    assert soup.h1.find("ruby").rt.get_text() == "こうしん"
    assert "更新" in soup.title.get_text()
    assert "{" not in soup.get_text()
    assert "こうしん" not in soup.title.get_text()


def test_lines_that_begin_with_a_dot_become_a_list(read: Reader) -> None:
    steps = read("/ja-easy/guides/card-renewal/").select_one(".steps")
    assert [plain(row) for row in steps.select("li li")] == [
        "インターネット（スマートフォン、パソコン）",
        "郵便",
        "市役所の窓口",
    ]


def test_each_page_points_at_its_translations_and_at_the_address_without_a_language(
    read: Reader,
) -> None:
    links = read("/vi/guides/").select("link[hreflang]")
    assert {link["hreflang"]: link["href"] for link in links} == {
        **{settings.LANGUAGE_TAGS[code]: f"{settings.SITE_URL}/{code}/guides/" for code in CODES},
        "x-default": f"{settings.SITE_URL}/guides/",
    }


def test_the_address_without_a_language_leads_on_to_the_readers_own(
    planted: Any, client: Any
) -> None:
    response = client.get("/guides/", headers={"accept-language": "fil-PH,fil;q=0.9,en;q=0.5"})
    assert (response.status_code, response["Location"]) == (302, "/tl/guides/")


def test_the_switcher_offers_every_language_by_its_own_name_and_stays_on_the_page(
    read: Reader,
) -> None:
    links = read("/ko/guides/home-visit/").select(".language-switcher a")
    assert [(a.get_text(), a["href"]) for a in links] == [
        (name, f"/{code}/guides/home-visit/") for code, name in settings.LANGUAGES
    ]
    assert [a.get_text() for a in links if a.get("aria-current")] == ["한국어"]


def test_guides_are_listed_in_the_order_residents_need_them(read: Reader) -> None:
    links = read("/en/guides/").select(".guide-list a")
    assert [a["href"] for a in links] == [f"/en/guides/{slug}/" for slug in GUIDES]


@pytest.mark.parametrize("code", CODES)
def test_lists_name_each_guide_in_the_readers_language(code: str, read: Reader) -> None:
    links = read(f"/{code}/guides/").select(".guide-list a")
    assert [plain(a) for a in links] == [
        without_readings(guide_texts(slug)[code]["headline"]) for slug in GUIDES
    ]


def test_the_first_page_leads_to_what_residents_come_for(read: Reader) -> None:
    soup = read("/en/")
    assert plain(soup.h1) == section_texts("home")["en"]["headline"]
    assert [a["href"] for a in soup.select("a.tile")] == [
        "/en/guides/",
        "/en/classes/",
        "/en/visits/request/",
        "/en/reminders/",
    ]


def test_every_page_names_the_telephone_number(read: Reader) -> None:
    for page in PAGES:
        assert read(f"/vi/{page}").select(f'a[href="tel:{settings.CITY_PHONE}"]')


def test_a_page_that_is_not_there_says_so_in_the_readers_language_and_leads_on(
    planted: Any, client: Any
) -> None:
    response = client.get("/en/guides/nothing/")
    assert response.status_code == 404
    content = response.content.decode()
    assert '<html lang="en">' in content
    assert "This page is not here" in content
    assert 'href="/en/guides/"' in content


def plain(element: Any) -> str:
    """An element's text without its readings."""
    for reading in element.find_all(["rt", "rp"]):
        reading.extract()
    return " ".join(element.get_text().split())
