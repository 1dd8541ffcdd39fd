"""The classes in the staff's menu, and courses for editors and translators."""

from django.conf import settings
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from outreach.classes.forms import CourseForm
from outreach.classes.models import Course
from outreach.people.staff import PermittedMenuItem


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLResolver]:
    return [path("classes/", include("outreach.classes.staff_urls"))]


@hooks.register("register_admin_menu_item")
def classes_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Smartphone classes"),
        reverse_lazy("classes_staff:sessions"),
        name="classes",
        icon_name="group",
        order=210,
        permission="classes.manage_classes",
    )


WORDS = {"title": _("Title"), "summary": _("Summary"), "bring": _("What to bring")}


def _tab(code: str, label: str) -> ObjectList:
    """One language of a course; the Japanese tab also holds the short name for addresses."""
    panels = [
        FieldPanel(build_localized_fieldname(name, code), heading=heading)
        for name, heading in WORDS.items()
    ]
    if code == settings.LANGUAGE_CODE:
        panels.append(FieldPanel("slug", heading=_("Short name for addresses")))
    return ObjectList(panels, heading=label)


@register_snippet
class CourseViewSet(SnippetViewSet):
    model = Course
    icon = "group"
    menu_label = _("Courses")
    add_to_admin_menu = True
    menu_order = 211
    list_display = [
        "__str__",
        Column("slug", label=_("Short name for addresses")),
    ]
    edit_handler = TabbedInterface(
        [_tab(code, label) for code, label in settings.LANGUAGES], base_form_class=CourseForm
    )
