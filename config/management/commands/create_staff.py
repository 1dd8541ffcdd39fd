import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from config.roles import ADMIN, ROLES, create_roles

ROLE_NAMES = [*ROLES, ADMIN]


class Command(BaseCommand):
    help = "Create a staff log-in with one role and print its first password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="log-in name")
        parser.add_argument(
            "--role", required=True, choices=ROLE_NAMES, help="what the person may do"
        )

    @transaction.atomic
    def handle(self, *args: Any, name: str, role: str, **options: Any) -> None:
        users = get_user_model().objects
        if users.filter(username=name).exists():
            raise CommandError(f"There is a log-in called {name} already. Choose another name.")
        create_roles()
        password = secrets.token_urlsafe(12)
        user = users.create_user(username=name, password=password)
        user.groups.add(Group.objects.get(name=role))
        self.stdout.write(f"Log-in {name} ({role}). First password: {password}")
        self.stdout.write("Hand it over in person; it can be changed under /staff/account/.")
