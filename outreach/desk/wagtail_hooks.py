"""The desk in the staff's menu, each entry for those who may open it."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """A menu entry for people with a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


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
