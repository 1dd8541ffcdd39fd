"""Home visits in the staff's menu, each entry for those who may open it."""

from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from outreach.people.staff import PermittedMenuItem
from outreach.visits.forms.team import TeamForm
from outreach.visits.models import RoadClosure, Team


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


@hooks.register("register_admin_menu_item")
def figures_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Figures of visits"),
        reverse_lazy("visits_staff:figures"),
        name="visit-figures",
        icon_name="table",
        order=224,
        permission="visits.see_figures",
    )


class TeamViewSet(SnippetViewSet):
    model = Team
    icon = "group"
    menu_label = _("Visiting teams")
    add_to_admin_menu = True
    menu_order = 222
    list_display = ["__str__"]
    edit_handler = ObjectList(
        [
            FieldPanel("name", heading=_("Name")),
            FieldPanel("members", heading=_("Members")),
            FieldRowPanel(
                [
                    FieldPanel("starts", heading=_("Leaves at the earliest")),
                    FieldPanel("ends", heading=_("Back at the latest")),
                    FieldPanel("longest_minutes", heading=_("Most minutes of work in a day")),
                ],
                heading=_("Shift"),
            ),
            FieldRowPanel(
                [
                    FieldPanel("lunch_minutes", heading=_("Minutes of lunch")),
                    FieldPanel("lunch_from", heading=_("Not before")),
                    FieldPanel("lunch_until", heading=_("Over by")),
                ],
                heading=_("Lunch"),
            ),
            FieldRowPanel(
                [
                    FieldPanel("start_latitude", heading=_("Latitude in the morning")),
                    FieldPanel("start_longitude", heading=_("Longitude in the morning")),
                    FieldPanel("end_latitude", heading=_("Latitude in the evening")),
                    FieldPanel("end_longitude", heading=_("Longitude in the evening")),
                ],
                heading=_("Where the car stands; empty means City Hall"),
            ),
            FieldPanel("languages", heading=_("Languages")),
            FieldPanel("takes_photos", heading=_("Takes the photo")),
            FieldPanel("has_tablet", heading=_("Has a tablet")),
            FieldPanel("four_wheel_drive", heading=_("Four-wheel drive")),
        ],
        base_form_class=TeamForm,
    )


register_snippet(TeamViewSet)


class RoadClosureViewSet(SnippetViewSet):
    model = RoadClosure
    icon = "warning"
    menu_label = _("Closed roads")
    add_to_admin_menu = True
    menu_order = 223
    list_display = ["__str__"]
    panels = [
        FieldPanel("district", heading=_("District")),
        FieldPanel("closed_from", heading=_("Closed from")),
        FieldPanel("closed_until", heading=_("Closed until")),
    ]


register_snippet(RoadClosureViewSet)
