"""A log-in with one role, made on the command line."""

import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def create(name: str, role: str) -> str:
    said = io.StringIO()
    call_command("create_staff", name, role=role, stdout=said)
    return said.getvalue()


def test_the_printed_password_logs_in_under_the_role() -> None:
    said = create("narita", "desk")

    user = User.objects.get(username="narita")
    password = re.search(r"First password: (\S+)", said)
    assert password is not None
    assert user.check_password(password[1])
    assert user.has_perm("visits.plan_visit")
    assert not user.has_perm("coverage.see_coverage")


def test_a_taken_name_is_refused_and_the_password_stays() -> None:
    create("narita", "desk")
    before = User.objects.get().password

    with pytest.raises(CommandError, match="narita already"):
        create("narita", "admin")

    assert User.objects.get().password == before


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(CommandError, match="mayor"):
        call_command("create_staff", "narita", "--role", "mayor")

    assert not User.objects.exists()
