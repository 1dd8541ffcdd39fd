from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.actions import site
from config.roles import create_roles


class Command(BaseCommand):
    help = (
        "Begin a city's site: the page tree, the guides in every language there is a text for, "
        "and the staff roles. Safe to repeat: it creates what is missing, fills language columns "
        "that are still empty, and leaves alone what an editor wrote."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = site.plant(site_url=settings.SITE_URL)
        roles = create_roles()
        for page in done.created:
            self.stdout.write(f"created {page}")
        for column in done.filled:
            self.stdout.write(f"filled {column}")
        self.stdout.write(f"site: {done.address}")
        self.stdout.write(f"roles: {', '.join(roles)}")
        self.stdout.write(
            f"{len(done.created)} pages created, {len(done.filled)} language columns filled, "
            f"{len(roles)} roles checked"
        )
