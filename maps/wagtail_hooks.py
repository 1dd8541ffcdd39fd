"""The coverage map in the staff's menu, for those who may see it."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class CoverageMenuItem(MenuItem):
    """Shown to people who may see how far the city is."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("coverage.see_coverage")


@hooks.register("register_admin_urls")
def staff_urls() -> list[URLResolver]:
    return [path("coverage/", include("maps.staff_urls"))]


@hooks.register("register_admin_menu_item")
def coverage_in_menu() -> MenuItem:
    return CoverageMenuItem(
        _("Coverage map"),
        reverse_lazy("maps_staff:coverage"),
        name="coverage",
        icon_name="site",
        order=230,
    )
