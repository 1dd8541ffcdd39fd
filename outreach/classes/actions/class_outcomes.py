"""What a participant asked for at a class, noted with one press: a home visit, or the counter."""

from datetime import datetime
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mynumber.rules.wareki import wareki
from outreach.classes.models import Registration
from outreach.people.actions import tasks
from outreach.people.models import Task
from outreach.visits.actions import requests
from outreach.visits.models import VisitRequest


def visit_key(registration: Registration) -> UUID:
    """What the home visit asked for at this class carries as its submission."""
    return uuid5(registration.submission, "visit")


def counter_cause(registration: Registration) -> str:
    """What makes the wish for the counter, said at this class, one task."""
    return f"class-counter:{registration.pk}"


@transaction.atomic
def ask_for_visit(*, registration: Registration, by: User, now: datetime) -> VisitRequest:
    """Note that the participant wants help at home with applying for a card, and confirm it.

    Pressed twice it is one request: it carries a key made of the registration's own.
    """
    return requests.ask(
        person=registration.person,
        relation=VisitRequest.Relation.SELF,
        asked_by=None,
        topic=VisitRequest.Topic.FIRST_CARD,
        submission=visit_key(registration),
        how=VisitRequest.How.CLASS,
        now=now,
        by=by,
    )


@transaction.atomic
def ask_for_counter(*, registration: Registration, now: datetime) -> Task:
    """Put on the desk's list that the participant wants to apply at the counter: a day is agreed
    by telephone. Pressed twice it is one task."""
    on = wareki(timezone.localdate(registration.session.starts_at))
    return tasks.open_task(
        kind=Task.Kind.WISH,
        cause=counter_cause(registration),
        person=registration.person,
        words=_(
            "Wants to apply for a card at the counter; said so at the class of %(day)s. "
            "Call and agree on a day."
        )
        % {"day": on},
        now=now,
    )
