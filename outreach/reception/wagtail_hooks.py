"""Counters and mobile desks in Wagtail's snippets, for the editors."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from outreach.reception.models import ReceptionPoint

WORDS = {"name": _("Name"), "hours": _("Opening hours")}


def language_panels(code: str) -> list[Panel]:
    """One language's own columns; the base column holds any language and is never edited."""
    return [
        FieldPanel(build_localized_fieldname(field, code), heading=heading)
        for field, heading in WORDS.items()
    ]


def language_tabs() -> list[ObjectList]:
    """What all languages share stands in the tab of the town's own language."""
    shared: list[Panel] = [
        FieldPanel("kind", heading=_("Kind")),
        FieldPanel("venue", heading=_("Venue")),
        FieldPanel("is_open", heading=_("Open to residents")),
    ]
    return [
        ObjectList(
            (shared if code == settings.LANGUAGE_CODE else []) + language_panels(code),
            heading=label,
        )
        for code, label in settings.LANGUAGES
    ]


class ReceptionPointViewSet(SnippetViewSet):
    model = ReceptionPoint
    icon = "desktop"
    menu_label = _("Counters and mobile desks")
    add_to_admin_menu = True
    menu_order = 245
    list_display = [
        "__str__",
        Column("venue", label=_("Venue")),
        BooleanColumn("is_open", label=_("Open to residents")),
    ]
    edit_handler = TabbedInterface(language_tabs())


register_snippet(ReceptionPointViewSet)
