from typing import Any

from django.core.management.base import BaseCommand

from outreach.visits.rules.state_diagram import page


class Command(BaseCommand):
    help = "Prints docs/visit-states.md: every step a visit request can take, from the table."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")
