"""Columns of eight languages through Wagtail's revisions, previews, copies and search."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Page, Revision
from wagtail.search import index

from cms.models import ClassSchedulePage, GuideIndexPage, GuidePage, HomePage

MODELS = [HomePage, GuideIndexPage, ClassSchedulePage, GuidePage]


@pytest.mark.parametrize(("author", "publisher"), [("ja", "en"), ("en", "ja"), ("vi", "ko")])
def test_a_revision_published_under_another_language_keeps_each_text_in_its_column(
    guide: GuidePage, author: str, publisher: str
) -> None:
    with translation.override(author):
        page = GuidePage.objects.get(pk=guide.pk)
        page.headline_ja, page.headline_en = "新しい見出し", "New headline"
        page.headline_ko, page.steps_ko = "", []
        revision = page.save_revision()
    with translation.override(publisher):
        Revision.objects.get(pk=revision.pk).publish()
    page = GuidePage.objects.get(pk=guide.pk)
    assert (page.headline_ja, page.headline_en) == ("新しい見出し", "New headline")
    assert not page.headline_ko
    assert not page.steps_ko
    assert page.headline_vi == guide.headline_vi


def test_a_copy_carries_every_language_and_is_not_taken_for_the_original(
    guide: GuidePage,
) -> None:
    with translation.override("en"):
        guide.copy(update_attrs={"slug": "card-renewal-2", "title": "写し"})
    copy = GuidePage.objects.get(slug="card-renewal-2")
    assert (copy.headline_ja, copy.headline_vi) == (guide.headline_ja, guide.headline_vi)
    assert copy.content_slug == ""


def test_two_guides_cannot_have_begun_as_the_same_content_file(guide: GuidePage) -> None:
    other = GuidePage.objects.exclude(pk=guide.pk).earliest("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidePage.objects.filter(pk=other.pk).update(content_slug=guide.content_slug)


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_a_preview_speaks_the_language_that_was_chosen(guide: GuidePage, code: str) -> None:
    with translation.override("ja"):
        response = guide.make_preview_request(preview_mode=code)
    content = response.content.decode()
    assert f'<html lang="{settings.LANGUAGE_TAGS[code]}">' in content
    expected = getattr(guide, build_localized_fieldname("deadline", code))
    assert expected.splitlines()[0].split("{")[0] in content


def test_a_preview_is_stored_by_nobody(guide: GuidePage) -> None:
    response = guide.make_preview_request(preview_mode="en")
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


@pytest.mark.parametrize("model", MODELS)
def test_search_reads_the_language_columns_and_never_the_base_column(model: type[Page]) -> None:
    translated = set(translator.get_options_for_model(model).all_fields)
    indexed = {field.field_name for field in model.search_fields if hasattr(field, "field_name")}
    assert not indexed & translated
    for code, _ in settings.LANGUAGES:
        assert build_localized_fieldname("headline", code) in indexed
    assert index.get_indexed_models()


@pytest.mark.parametrize("model", MODELS)
def test_the_editor_has_a_tab_for_each_language_without_the_base_field(model: type[Page]) -> None:
    translated = set(translator.get_options_for_model(model).all_fields)
    tabs = model.edit_handler.children
    panels = [panel for tab in tabs for panel in tab.children]
    shown = {panel.field_name for panel in panels if hasattr(panel, "field_name")}
    assert [tab.heading for tab in tabs[:-1]] == [name for _, name in settings.LANGUAGES]
    assert not shown & translated


def test_the_sitemap_lists_every_filled_language_under_its_tag(
    guide: GuidePage, client: Client
) -> None:
    listed = client.get("/sitemap.xml").content.decode()
    for code, _ in settings.LANGUAGES:
        assert f"<loc>http://testserver/{code}/guides/card-renewal/</loc>" in listed
        assert f'hreflang="{settings.LANGUAGE_TAGS[code]}"' in listed


def test_an_editor_can_open_a_guide_with_all_its_languages(
    guide: GuidePage, log_in: Callable[[str], Client]
) -> None:
    response = log_in("editor").get(f"/staff/pages/{guide.pk}/edit/")
    assert response.status_code == 200
    content = response.content.decode()
    for code, _ in settings.LANGUAGES:
        assert f'name="{build_localized_fieldname("headline", code)}"' in content
    assert 'name="headline"' not in content
    assert 'name="content_slug"' not in content
