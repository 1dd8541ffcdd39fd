"""The desk in the staff's menu, each entry for those who may open it."""

from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from outreach.people.staff import PermittedMenuItem


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLResolver]:
    return [path("", include("outreach.desk.staff_urls"))]


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
def announcements_in_menu() -> MenuItem:
    return PermittedMenuItem(
        _("Announcements"),
        reverse_lazy("desk_staff:announcements"),
        name="announcements",
        icon_name="comment",
        order=241,
        permission="classes.manage_classes",
    )
