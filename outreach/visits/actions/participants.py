"""Who is visited in a visit, and until when nobody else may plan one for them."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from outreach.people.models import Person
from outreach.visits.models import Visit, VisitParticipant


class AlreadyPlanned(Exception):
    """Somebody else put the request, or its person, on a day in the meantime."""


def name(*, visit: Visit, people: Iterable[Person]) -> None:
    """Write down who is seen in a visit that lies ahead.

    Raises AlreadyPlanned when one of them has another visit ahead.
    """
    try:
        with transaction.atomic():
            for person in sorted(people, key=lambda person: person.pk):
                VisitParticipant.objects.create(visit=visit, person=person)
    except IntegrityError:
        raise AlreadyPlanned(
            _("This person has another visit ahead already. Use that one, or cancel it first.")
        ) from None


def close(*, visits: Iterable[Visit]) -> None:
    """The visits were made or called off: their people may be visited again."""
    VisitParticipant.objects.filter(visit__in=list(visits), open=True).update(open=False)
