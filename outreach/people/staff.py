"""What the staff screens of every room share: who asks, and what their menu shows them."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class StaffRequest(HttpRequest):
    """For types alone: behind a permission check the user is always a member of the staff."""

    user: User


class PermittedMenuItem(MenuItem):
    """A menu entry for people with a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)
