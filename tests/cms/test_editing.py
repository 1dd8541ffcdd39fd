"""Editors and translators work in Japanese: names of parts, page types and tabs."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from modeltranslation.utils import build_localized_fieldname

from cms.actions.site import Planted
from cms.models import GuidePage

LogIn = Callable[[str], Client]


@pytest.fixture
def editing(guide: GuidePage, log_in: LogIn) -> BeautifulSoup:
    # `guide` plants the pages; roles made afterwards hold their permissions on them.
    response = log_in("editor").get(reverse("wagtailadmin_pages:edit", args=[guide.pk]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_each_language_has_its_own_tab(editing: BeautifulSoup) -> None:
    tabs = [
        tab.get_text(" ", strip=True).removesuffix(" ( )") for tab in editing.select('[role="tab"]')
    ]
    assert tabs[: len(settings.LANGUAGES)] == [label for _, label in settings.LANGUAGES]


def test_no_part_of_a_guide_is_named_in_english(editing: BeautifulSoup) -> None:
    headings = [
        heading.get_text(" ", strip=True).rstrip("* ")
        for heading in editing.select(".w-panel__heading--label, .w-field__label")
    ]
    assert "見出し" in headings
    assert not [heading for heading in headings if re.fullmatch(r"[\x00-\x7f]+", heading)]


def test_the_page_type_is_named_in_japanese(editing: BeautifulSoup) -> None:
    assert editing.title is not None
    assert "手続き案内" in editing.title.get_text()


def test_every_guide_can_be_saved_as_it_was_planted(planted: Planted) -> None:
    """A text that is longer than its field would stop an editor from publishing anything."""
    for guide in GuidePage.objects.all():
        guide.full_clean()
        for part in ("steps", "bring", "costs"):
            for code, _ in settings.LANGUAGES:
                name = build_localized_fieldname(part, code)
                block = GuidePage._meta.get_field(name).stream_block
                block.clean(getattr(guide, name))
