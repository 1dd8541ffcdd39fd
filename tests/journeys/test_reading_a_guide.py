"""Linh's card expires with her period of stay; she reads about it in Vietnamese, on her phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from outreach.classes.models import ClassSession
from tests.journeys.conftest import DESKTOP, PHONE


def test_a_vietnamese_resident_finds_the_guide_in_her_language(
    town: ClassSession, visit: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    # Given she opens the Japanese home page on her phone
    page = visit("/ja/", viewport=PHONE)
    expect(page.locator("html")).to_have_attribute("lang", "ja")

    # When she picks her language and the guide for foreign residents
    page.get_by_role("navigation", name="Language").get_by_text("Tiếng Việt").click()
    page.wait_for_url("**/vi/")
    accessible(page)
    page.goto("/vi/guides/")
    accessible(page)
    page.locator("a[href$='/vi/guides/foreign-residents/']").first.click()

    # Then she reads it in Vietnamese, marked as a draft, with a number to call
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".steps li").first).to_be_visible()
    expect(page.locator(".draft-mark")).to_be_visible()
    expect(page.locator("a[href='tel:0186-00-0100']").first).to_be_visible()
    assert no_japanese(page)
    accessible(page)


def test_the_same_guide_reads_without_javascript_on_a_desk(
    town: ClassSession, visit: Callable[..., Page]
) -> None:
    # Given a browser that runs no scripts, when the guide is opened, then nothing is missing
    page = visit("/en/guides/card-renewal/", viewport=DESKTOP, script=False)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator(".steps li").count() >= 3
    assert page.locator(".bring li").count() >= 1


def no_japanese(page: Page) -> bool:
    """Whether no kana or kanji stands outside elements marked as Japanese or Chinese."""
    return page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode;
            if (/[\\u3040-\\u30ff\\u4e00-\\u9fff]/.test(node.textContent)
                && !node.parentElement.closest('[lang^=ja],[lang^=zh],script,style')) return false;
          }
          return true;
        }"""
    )
