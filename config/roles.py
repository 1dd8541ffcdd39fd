"""Who on the staff may do what. A role is a group; people get roles, never single permissions."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

TO_LOG_IN = "wagtailadmin.access_admin"

ROLES: dict[str, tuple[str, ...]] = {
    "editor": (
        TO_LOG_IN,
        "classes.add_course",
        "classes.change_course",
        "reception.add_receptionpoint",
        "reception.change_receptionpoint",
        "wagtailimages.add_image",
        "wagtailimages.change_image",
    ),
    "translator": (TO_LOG_IN, "classes.change_course"),
    "desk": (
        TO_LOG_IN,
        "classes.manage_classes",
        "classes.add_tutor",
        "classes.change_tutor",
        "classes.see_figures",
        "reception.receive",
        "reception.see_where_next",
        "visits.plan_visit",
        "visits.record_outcome",
        "visits.see_figures",
        "people.see_people",
        "people.change_people",
        "people.see_care",
        "people.see_access",
        "people.see_outbox",
        "people.stop_sending",
        "notifications.add_handover",
        "people.do_tasks",
        "people.see_protection",
        "people.announce",
        "people.approve_announcements",
        "visits.add_team",
        "visits.change_team",
        "visits.add_roadclosure",
        "visits.change_roadclosure",
        "visits.delete_roadclosure",
    ),
    "visitor": (TO_LOG_IN, "visits.record_outcome"),
    # Lifting a stop spends the city's money: the manager decides, and sees numbers alone.
    "manager": (
        TO_LOG_IN,
        "coverage.see_coverage",
        "classes.see_figures",
        "visits.see_figures",
        "reception.see_where_next",
        "people.stop_sending",
        "people.control_sending",
    ),
}
# The admin role holds every permission there is.
ADMIN = "admin"

ON_PAGES: dict[str, tuple[str, ...]] = {
    "editor": ("add_page", "change_page", "publish_page"),
    "translator": ("change_page",),
    ADMIN: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}


def create_roles() -> list[str]:
    """Create the groups and give each exactly its permissions; safe to repeat. Returns the names.

    Raises Permission.DoesNotExist when a permission named above is not in the database, which
    means that migrations are missing.
    """
    for role, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([_permission(name) for name in names])
    admin, _ = Group.objects.get_or_create(name=ADMIN)
    admin.permissions.set(Permission.objects.all())
    _give_pages()
    return [*ROLES, ADMIN]


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _give_pages() -> None:
    root = Page.get_first_root_node()
    if root is None:  # the page tree is not there yet; `start_site` plants it first
        return
    for role, codenames in ON_PAGES.items():
        group = Group.objects.get(name=role)
        for codename in codenames:
            GroupPagePermission.objects.get_or_create(
                group=group,
                page=root,
                permission=Permission.objects.get(
                    content_type__app_label="wagtailcore", codename=codename
                ),
            )
