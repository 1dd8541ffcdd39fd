from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from config.demo_town import (
    classes,
    counters,
    desk_work,
    guides,
    kin,
    people,
    places,
    reminders,
    staff,
    visits,
)
from notifications.actions import deliveries
from notifications.models import Contact, ContactPoint, Message
from outreach.classes.models import ClassSession, Registration
from outreach.coverage.models import Batch
from outreach.people.models import Person, Task
from outreach.reception.models import Appointment
from outreach.visits.models import VisitRequest

DAYS_OF_HISTORY = 45


class Command(BaseCommand):
    help = (
        "Fill an empty database with the demo town: invented people, classes, visits and messages. "
        "Refuses a database that holds people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=1, help="how many times 27,000 residents' worth (1)"
        )
        parser.add_argument(
            "--keep",
            action="store_true",
            help="leave a database that holds people as it is, and say so, instead of failing",
        )

    def handle(self, *args: Any, scale: int, keep: bool, **options: Any) -> None:
        if scale < 1:
            raise CommandError("--scale takes a whole number from 1.")
        if Contact.objects.exists() or Batch.objects.exists():
            if keep:
                self.stdout.write("The database holds people already; nothing was loaded.")
                return
            raise CommandError(
                "This database holds people or counts. The demo town goes into an empty one only."
            )
        call_command("start_site", stdout=self.stdout)
        with transaction.atomic():
            residents, users = self._load(scale)
        # Each day of the past sends what was written by then; today's messages wait for the worker.
        for days_ago in range(DAYS_OF_HISTORY, 0, -1):
            deliveries.deliver_due(now=timezone.now() - timedelta(days=days_ago))
        call_command("queue_reminders", stdout=self.stdout)
        desk_work.pile_up(people=residents, users=users, now=timezone.now())
        self._say()

    def _load(self, scale: int) -> tuple[list[Person], dict[str, User]]:
        now = timezone.now()
        places.settle(now=now, scale=scale)
        users = staff.hire()
        residents = list(people.move_in(scale=scale))
        classes.hold(people=residents, users=users, now=now, scale=scale)
        visits.ask(people=residents, users=users, now=now, scale=scale)
        visits.ask_for_group(users=users, now=now)
        counters.open_up(people=residents, users=users, now=now)
        reminders.ask(people=residents, now=now)
        kin.settle(residents, now=now)
        guides.edit(now=now)
        _trouble(residents)
        return residents, users

    def _say(self) -> None:
        counted = (
            (Person, "people"),
            (ClassSession, "class sessions"),
            (Registration, "registrations"),
            (VisitRequest, "visit requests"),
            (Appointment, "appointments"),
            (Message, "messages"),
            (Task, "tasks of the desk"),
        )
        words = ", ".join(f"{model.objects.count():,} {name}" for model, name in counted)
        self.stdout.write(f"The demo town is loaded: {words}.")


def _trouble(residents: list[Person]) -> None:
    """What goes wrong in any town: one asked to be left alone, one number is no longer theirs."""
    Contact.objects.filter(person=residents[-1]).update(do_not_contact=True)
    ContactPoint.objects.filter(contacts__person=residents[8]).update(
        state=ContactPoint.State.WRONG
    )
