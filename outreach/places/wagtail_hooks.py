"""Venues (会場) in Wagtail's snippets, for the admin role."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from outreach.places.models import Venue

WORDS = {"name": _("Name"), "address": _("Address"), "access": _("How to get there")}
SHARED = {
    "phone": _("Phone"),
    "district": _("District"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "has_parking": _("Has a car park"),
    "is_step_free": _("No steps"),
    "has_heating": _("Heated in winter"),
    "rooms": _("Rooms, one a line"),
}


def language_tab(code: str, label: str) -> ObjectList:
    """One language's own columns; what all share stands with the town's own language."""
    panels: list[Panel] = [
        FieldPanel(build_localized_fieldname(field, code), heading=heading)
        for field, heading in WORDS.items()
    ]
    if code == settings.LANGUAGE_CODE:
        panels += [FieldPanel(field, heading=heading) for field, heading in SHARED.items()]
    return ObjectList(panels, heading=label)


class VenueViewSet(SnippetViewSet):
    model = Venue
    icon = "home"
    menu_label = _("Venues")
    add_to_admin_menu = True
    menu_order = 246
    list_display = ["__str__", Column("address_ja", label=_("Address"))]
    search_fields = ["name_ja", "address_ja"]
    edit_handler = TabbedInterface(
        [language_tab(code, label) for code, label in settings.LANGUAGES]
    )


register_snippet(VenueViewSet)
