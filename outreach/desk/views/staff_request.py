"""A request that has passed the permission check."""

from django.contrib.auth.models import User
from django.http import HttpRequest


class StaffRequest(HttpRequest):
    """For types alone: behind `permission_required` the user is always a member of the staff."""

    user: User
