"""Panels and search fields for pages that carry a column per language."""

from collections.abc import Sequence

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.search import index


def translated_search_fields(**boosts: float) -> list[index.BaseField]:
    """A search field for each language column; never the base column, which holds any language."""
    fields: list[index.BaseField] = []
    for name, boost in boosts.items():
        for code, _ in settings.LANGUAGES:
            fields.append(index.SearchField(build_localized_fieldname(name, code), boost=boost))
    return fields


def translated_tabs(*, translated: Sequence[str], shared: Sequence[str] = ()) -> TabbedInterface:
    """One tab per language; the Japanese tab also holds what all languages share."""
    tabs = []
    for code, label in settings.LANGUAGES:
        own = [FieldPanel(build_localized_fieldname(name, code)) for name in translated]
        if code == settings.LANGUAGE_CODE:
            own = [FieldPanel("title"), *own, *(FieldPanel(name) for name in shared)]
        tabs.append(ObjectList(own, heading=label))
    tabs.append(
        ObjectList(
            [FieldPanel("slug"), FieldPanel("show_in_menus"), PublishingPanel()], heading="公開設定"
        )
    )
    return TabbedInterface(tabs)
