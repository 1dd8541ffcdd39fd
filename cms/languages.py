"""Panels and search fields for pages that carry a column per language."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.search import index

from cms.page_form import GuardedPageForm

LANGUAGES = tuple(code for code, label in settings.LANGUAGES)


def translated_search_fields(**boosts: float) -> list[index.BaseField]:
    """A search field for each language column; never the base column, which holds any language."""
    fields: list[index.BaseField] = []
    for name, boost in boosts.items():
        for code in LANGUAGES:
            fields.append(index.SearchField(build_localized_fieldname(name, code), boost=boost))
    return fields


TITLE_HELP = _("For lists in this site. Residents read the heading of their language.")

# What editors call the parts of a page. Panels name them: the columns' own names are English and
# carry a language code.
HEADINGS = {
    "headline": _("Heading"),
    "summary": _("Summary"),
    "deadline": _("Until when"),
    "steps": _("What to do"),
    "bring": _("What to bring"),
    "costs": _("What it costs"),
    "where": _("Where to go"),
    "warning": _("Please note"),
    "approved": _("A person has checked this text (the mark for provisional texts goes)"),
    "phone": _("Phone number, if it is not the city's own"),
    "last_checked_on": _("Day on which the facts were last checked"),
    "related_course": _("Course that fits this guide"),
}


def translated_tabs(*, translated: Sequence[str], shared: Sequence[str] = ()) -> TabbedInterface:
    """One tab per language; the Japanese tab also holds what all languages share."""
    tabs = []
    for code, label in settings.LANGUAGES:
        own = [_panel(build_localized_fieldname(name, code), HEADINGS[name]) for name in translated]
        if code == settings.LANGUAGE_CODE:
            title = FieldPanel("title", heading=_("Title among the staff"), help_text=TITLE_HELP)
            own = [title, *own, *(_panel(name, HEADINGS[name]) for name in shared)]
        tabs.append(ObjectList(own, heading=label))
    tabs.append(
        ObjectList(
            [FieldPanel("slug"), FieldPanel("show_in_menus"), PublishingPanel()],
            heading=_("Publishing"),
        )
    )
    return TabbedInterface(tabs, base_form_class=GuardedPageForm)


def _panel(name: str, heading: str | Promise) -> FieldPanel:
    return FieldPanel(name, heading=heading)
