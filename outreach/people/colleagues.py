"""How colleagues are named to each other."""

from django.contrib.auth.models import AbstractUser


def colleague_name(user: AbstractUser) -> str:
    """Family name first, as at the city hall; the log-in where no name is on record."""
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()
