"""The classes in the staff's menu, courses for editors and translators, tutors for the desk."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from outreach.classes.few_people_notice import FewPeopleNotice
from outreach.classes.forms import CourseForm, TutorForm
from outreach.classes.models import ClassSession, Course, Tutor
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


@hooks.register("construct_homepage_panels")
def classes_with_too_few_people(request: HttpRequest, panels: list[Any]) -> None:
    if not request.user.has_perm("classes.manage_classes"):
        return
    classes = ClassSession.objects.with_too_few(now=timezone.now()).count()
    if classes:
        panels.append(FewPeopleNotice(classes))


@hooks.register("register_admin_menu_item")
def figures_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Figures of classes"),
        reverse_lazy("classes_staff:figures"),
        name="class-figures",
        icon_name="table",
        order=212,
        permission="classes.see_figures",
    )


WORDS = {"title": _("Title"), "summary": _("Summary"), "bring": _("What to bring")}
SHARED = {
    "slug": _("Short name for addresses"),
    "level": _("Level"),
    "topics": _("Topics"),
    "audience": _("For whom"),
}


def _tab(code: str, label: str) -> ObjectList:
    """One language of a course; the Japanese tab also holds what all languages share."""
    panels = [
        FieldPanel(build_localized_fieldname(name, code), heading=heading)
        for name, heading in WORDS.items()
    ]
    if code == settings.LANGUAGE_CODE:
        panels += [FieldPanel(name, heading=heading) for name, heading in SHARED.items()]
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


@register_snippet
class TutorViewSet(SnippetViewSet):
    model = Tutor
    icon = "user"
    menu_label = _("Tutors")
    add_to_admin_menu = True
    menu_order = 212
    list_display = [
        "__str__",
        Column("phone", label=_("Phone")),
        Column("learners_per_tutor", label=_("Learners at once")),
    ]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name", heading=_("Name")),
            FieldPanel("phone", heading=_("Phone")),
            FieldPanel("languages", heading=_("Languages")),
            FieldPanel("learners_per_tutor", heading=_("Learners at once")),
            FieldPanel("is_active", heading=_("Teaches now")),
        ],
        base_form_class=TutorForm,
    )
