from django.contrib.auth.models import User
from django.http import HttpRequest


class StaffRequest(HttpRequest):
    """A request behind the staff's log-in, where nobody is anonymous."""

    user: User
