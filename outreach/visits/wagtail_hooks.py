"""Home visits in the staff's menu, each entry for those who may open it."""

from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from outreach.people.staff import PermittedMenuItem
from outreach.visits.models import Team


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLResolver]:
    return [path("visits/", include("outreach.visits.staff_urls"))]


@hooks.register("register_admin_menu_item")
def requests_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Visit requests"),
        reverse_lazy("visits_staff:requests"),
        name="visits",
        icon_name="home",
        order=220,
        permission="visits.plan_visit",
    )


@hooks.register("register_admin_menu_item")
def today_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Today's visits"),
        reverse_lazy("visits_staff:today"),
        name="visits-today",
        icon_name="calendar",
        order=221,
        permission="visits.record_outcome",
    )


class TeamViewSet(SnippetViewSet):
    model = Team
    icon = "group"
    menu_label = _("Visiting teams")
    add_to_admin_menu = True
    menu_order = 222
    list_display = ["__str__"]
    panels = [
        FieldPanel("name", heading=_("Name")),
        FieldPanel("members", heading=_("Members")),
    ]


register_snippet(TeamViewSet)
