"""200 people in threads, with no page around them: the place alone, and the whole action.

Eight threads of one process, each with a connection of its own, as the threads of a server have.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from outreach.classes.actions import places, registrations
from outreach.classes.models import ClassSession, Registration
from outreach.people.models import Person
from outreach.people.rules.references import new_reference
from tests.bench.rush_bare import hold_seat, take_seat

THREADS = 8
Way = Callable[[ClassSession, Person], None]


def rate(way: Way, session: ClassSession, people: list[Person]) -> float:
    """How many people a second went this way, their threads having started together."""
    together = Barrier(THREADS)

    def connect(_: int) -> None:
        connection.ensure_connection()
        together.wait(timeout=60)

    def disconnect(_: int) -> None:
        together.wait(timeout=60)
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(connect, range(THREADS)))
        start = time.perf_counter()
        list(pool.map(lambda person: way(session, person), people))
        seconds = time.perf_counter() - start
        list(pool.map(disconnect, range(THREADS)))
    return len(people) / seconds


def bare(session: ClassSession, person: Person) -> None:
    """The conditional UPDATE as Django writes it and, for who got a seat, one INSERT."""
    with transaction.atomic():
        take_seat(session.pk, person.pk, uuid4())


def bare_by_hand(session: ClassSession, person: Person) -> None:
    """The same with an UPDATE in SQL of its own, which needs nothing made of objects first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE classes_classsession SET seats_taken = seats_taken + 1"
            " WHERE id = %s AND seats_taken < capacity",
            [session.pk],
        )
        if cursor.rowcount:
            hold_seat(session.pk, person.pk, uuid4())


def decision(session: ClassSession, person: Person) -> None:
    """A seat or a number in line, and a row for everybody, as `registrations.write` does it."""
    now = timezone.now()

    def take(*, look_first: bool) -> Registration:
        registration = Registration(
            session=session,
            person=person,
            reference=new_reference("C"),
            submission=uuid4(),
            how=Registration.How.WEB,
            registered_at=now,
        )
        places.find(registration, session, now=now, or_wait=True)
        registration.save(force_insert=True)
        return registration

    registrations.once(take)


def action(session: ClassSession, person: Person) -> None:
    """All of it: the place, and the confirmation in the person's language with its event."""
    registrations.register(
        session=session,
        person=person,
        submission=uuid4(),
        how=Registration.How.WEB,
        now=timezone.now(),
        or_wait=True,
    )
