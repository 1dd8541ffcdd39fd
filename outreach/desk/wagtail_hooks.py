"""The desk in the staff's menu, each entry for those who may open it."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from notifications.actions import sending_stops
from notifications.models import Announcement
from outreach.desk.stop_notice import StopNotice
from outreach.desk.task_list import end_of_day
from outreach.people.models import Task
from outreach.people.staff import PermittedMenuItem


class TasksMenuItem(PermittedMenuItem):
    """The desk's tasks, with how many wait."""

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        waiting = Task.objects.due_by(end_of_day(timezone.now())).count()
        if waiting:
            component.label = _("To do (%(count)d)") % {"count": waiting}
        return component


class AnnouncementsMenuItem(PermittedMenuItem):
    """Announcements; to those who may allow them, how many wait for a yes."""

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if request.user.has_perm("people.approve_announcements"):
            waiting = Announcement.objects.filter(state=Announcement.State.WAITING).count()
            if waiting:
                component.label = _("Announcements (%(count)d)") % {"count": waiting}
        return component


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLResolver]:
    return [path("", include("outreach.desk.staff_urls"))]


@hooks.register("register_admin_menu_item")
def tasks_in_menu() -> MenuItem:
    return TasksMenuItem(
        _("To do"),
        reverse_lazy("desk_staff:tasks"),
        name="tasks",
        icon_name="tasks",
        order=205,
        permission="people.do_tasks",
    )


@hooks.register("register_admin_menu_item")
def phone_desk_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Phone desk"),
        reverse_lazy("desk_staff:phone_desk"),
        name="phone-desk",
        icon_name="mobile-alt",
        order=204,
        permission="classes.manage_classes",
    )


@hooks.register("register_admin_menu_item")
def people_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Residents"),
        reverse_lazy("desk_staff:people"),
        name="people",
        icon_name="user",
        order=206,
        permission="people.see_people",
    )


@hooks.register("register_admin_menu_item")
def facilities_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Care facilities"),
        reverse_lazy("desk_staff:facilities"),
        name="facilities",
        icon_name="home",
        order=223,
        permission="people.see_people",
    )


@hooks.register("register_admin_menu_item")
def affected_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Who is affected"),
        reverse_lazy("desk_staff:affected"),
        name="affected",
        icon_name="view",
        order=244,
        permission="people.see_access",
    )


@hooks.register("register_admin_menu_item")
def not_reached_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Not reached"),
        reverse_lazy("desk_staff:not_reached"),
        name="not-reached",
        icon_name="warning",
        order=242,
        permission="people.do_tasks",
    )


@hooks.register("register_admin_menu_item")
def in_doubt_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("In doubt"),
        reverse_lazy("desk_staff:in_doubt"),
        name="in-doubt",
        icon_name="help",
        order=243,
        permission="people.see_outbox",
    )


@hooks.register("register_admin_menu_item")
def outbox_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Outbox"),
        reverse_lazy("desk_staff:outbox"),
        name="outbox",
        icon_name="mail",
        order=240,
        permission="people.see_outbox",
    )


@hooks.register("register_admin_menu_item")
def sending_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Sending"),
        reverse_lazy("desk_staff:sending"),
        name="sending",
        icon_name="resubmit",
        order=242,
        permission="people.stop_sending",
    )


@hooks.register("construct_homepage_panels")
def notice_of_a_stop(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("people.stop_sending") and (stop := sending_stops.standing()):
        panels.append(StopNotice(stop))


@hooks.register("register_admin_menu_item")
def announcements_in_menu() -> MenuItem:
    return AnnouncementsMenuItem(
        _("Announcements"),
        reverse_lazy("desk_staff:announcements"),
        name="announcements",
        icon_name="comment",
        order=241,
        permission="people.announce",
    )


@hooks.register("register_admin_menu_item")
def hand_overs_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Letters and files"),
        reverse_lazy("desk_staff:hand_overs"),
        name="hand-overs",
        icon_name="download",
        order=242,
        permission="people.see_outbox",
    )
