"""The staff site as a whole: its first page, its help menu, and pages kept after an edit."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from config.page_cache import forget_pages_on_commit
from config.staff_tasks import TasksPanel

# Wagtail's own pages on the web, in English, about the tool and not about the work.
ABOUT_WAGTAIL = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
@hooks.register("after_delete_snippet")
def a_snippet_changed(*_: Any) -> None:
    """What editors change outside pages also stands on pages: forget the kept ones."""
    forget_pages_on_commit()


@hooks.register("construct_homepage_panels")
def tasks_first(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TasksPanel(request))


@hooks.register("construct_help_menu")
def help_about_the_work(request: HttpRequest, items: list[MenuItem]) -> None:
    """Links to Wagtail's own site say nothing to an officer, and nag with a badge."""
    items[:] = [item for item in items if not item.name.startswith(ABOUT_WAGTAIL)]
