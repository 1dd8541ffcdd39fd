"""The append-only record of who on the staff saw whom."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from outreach.people.models import AccessRecord, Person


@transaction.atomic
def record_access(
    *,
    by: User,
    people: Iterable[Person],
    action: AccessRecord.Action,
    screen: str,
    now: datetime,
) -> None:
    """Note that a staff member saw these people on a screen; each person once."""
    seen = {person.pk: person for person in people}
    AccessRecord.objects.bulk_create(
        AccessRecord(by=by, person=person, action=action, screen=screen, at=now)
        for person in seen.values()
    )
