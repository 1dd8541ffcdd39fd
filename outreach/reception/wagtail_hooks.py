"""Counters and mobile desks: snippets for the editors, days and people for the desk."""

from django.conf import settings
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from outreach.people.staff import PermittedMenuItem
from outreach.reception.forms.points import ReceptionPointForm
from outreach.reception.models import ReceptionPoint, Service

WORDS = {"name": _("Name"), "hours": _("Opening hours"), "fees": _("Fees")}


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
        FieldPanel("booths", heading=_("Number of booths")),
        MultiFieldPanel(
            [
                *(
                    FieldPanel(f"{service.value}_minutes", heading=service.label)
                    for service in Service
                ),
                FieldPanel("buffer_minutes", heading=_("Minutes between two people")),
            ],
            heading=_("What is done here, and how many minutes it takes (empty: not done here)"),
        ),
        FieldPanel("payments", heading=_("Ways to pay")),
        FieldPanel("staff", heading=_("Staff")),
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
    edit_handler = TabbedInterface(language_tabs(), base_form_class=ReceptionPointForm)


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLResolver]:
    return [path("reception/", include("outreach.reception.staff_urls"))]


@hooks.register("register_admin_menu_item")
def counters_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Counters"),
        reverse_lazy("reception_staff:days"),
        name="counters",
        icon_name="desktop",
        order=215,
        permission="reception.receive",
    )


@hooks.register("register_admin_menu_item")
def where_next_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Where to go next"),
        reverse_lazy("reception_staff:where_next"),
        name="where-next",
        icon_name="site",
        order=247,
        permission="reception.see_where_next",
    )


register_snippet(ReceptionPointViewSet)
