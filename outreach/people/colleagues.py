"""How colleagues are named to each other."""

from django.contrib.auth.models import AbstractUser, User
from django.db.models import QuerySet


def colleague_name(user: AbstractUser) -> str:
    """Family name first, as at the city hall; the log-in where no name is on record."""
    return f"{user.last_name} {user.first_name}".strip() or user.get_username()


def colleagues_who_may(permission: str) -> QuerySet[User]:
    """Everybody on the staff who holds a permission, by family name."""
    return User.objects.with_perm(permission).order_by("last_name", "first_name", "username")
