"""Somebody has moved away or died, or it turns out that they have not."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mynumber.actions import reminders
from notifications.actions import closing
from outreach.people.models import Household, Person, Task
from outreach.people.signals import person_left


class NotHere(Exception):
    """The person is noted as moved or deceased already."""


class LaterThanToday(Exception):
    """Nobody has moved or died on a day to come."""


@transaction.atomic
def leave(*, person: Person, status: str, on: date, by: User, now: datetime) -> Person:
    """Note that a person has moved away or died, and close everything that is open for them.

    Nothing goes to them any more; reminders, tasks, and through `person_left` registrations and
    visits are ended. Raises NotHere, and LaterThanToday.
    """
    if on > timezone.localdate(now):
        raise LaterThanToday(_("This day is still to come. Note it when it has come."))
    locked = hold(person)
    if locked.status != Person.Status.HERE:
        raise NotHere(_("It is noted already that this person has moved away or died."))
    locked.status, locked.status_on = Person.Status(status), on
    locked.save(update_fields=["status", "status_on"])
    Household.objects.filter(head=locked).update(head=None)
    for reminder in locked.contact.reminders.standing():
        reminders.cancel(reminder=reminder, now=now)
    _close_tasks(locked, by=by, now=now)
    person_left.send(sender=Person, person=locked, status=locked.status, by=by, now=now)
    # Last: what the rooms above have just queued to tell goes nowhere either.
    closing.close(contact=locked.contact, now=now)
    return locked


@transaction.atomic
def come_back(*, person: Person) -> Person:
    """Take it back: the person lives here. What was closed stays closed and can be asked anew."""
    locked = hold(person)
    locked.status, locked.status_on = Person.Status.HERE, None
    locked.save(update_fields=["status", "status_on"])
    closing.open_again(contact=locked.contact)
    return locked


def hold(person: Person) -> Person:
    """The person's row, held until the end of the transaction.

    It is taken before the rows of the rooms above, by everybody who may come to `leave`. The key
    stays free: who holds a request and names the person in a new row does not wait here.
    """
    rows = Person.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("contact").get(pk=person.pk)


def _close_tasks(person: Person, *, by: User, now: datetime) -> None:
    note = str(person.get_status_display())
    Task.objects.filter(person=person, done_at=None).update(done_at=now, done_by=by, note=note)
