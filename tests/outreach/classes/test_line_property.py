"""Whatever people do in whatever order, places add up and the line is fair."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.models import Message
from outreach.classes.actions import offers, registrations
from outreach.classes.actions.offers import NoPlaceFree, OfferGone
from outreach.classes.actions.registrations import AlreadyRegistered, NoHandsets
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people

pytestmark = pytest.mark.django_db

PEOPLE = 7
numbers = st.integers(0, PEOPLE - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("register"), numbers, st.booleans()),
        st.tuples(st.just("cancel"), numbers),
        st.tuples(st.just("accept"), numbers),
        st.tuples(st.just("decline"), numbers),
        st.tuples(st.just("give"), numbers),
        st.tuples(st.just("wait"), st.integers(1, 15)),
    ),
    min_size=6,
    max_size=30,
)
# Everybody comes once at the beginning: without a line there is nothing to see.
arrivals = st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE)


class Undo(Exception):
    """Ends one example and takes back what it wrote."""


@pytest.fixture
def residents(db):
    return [
        people.identify(name=f"住民{number}", email=f"resident{number}@example.com", language="ja")
        for number in range(PEOPLE)
    ]


@given(arrivals=arrivals, steps=steps, capacity=st.integers(1, 3), handsets=st.integers(0, 2))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_places_add_up_and_nobody_is_passed_over(
    arrivals, steps, capacity, handsets, residents, make_session, staff, now
):
    with suppress(Undo), transaction.atomic():
        session = make_session(
            capacity=capacity,
            handsets=handsets,
            starts_at=now + timedelta(days=20),
            ends_at=now + timedelta(days=20, hours=1),
        )
        moment = now
        came = [("register", number, loan) for number, loan in enumerate(arrivals)]
        for step, *arguments in [*came, *steps]:
            if step == "wait":
                moment += timedelta(hours=arguments[0])
                offers.end_run_out(now=moment)
            else:
                with suppress(AlreadyRegistered, NoHandsets, OfferGone, NoPlaceFree):
                    act(step, session, residents[arguments[0]], arguments[1:], staff, moment)
            check(session)
        raise Undo


def act(step, session, person, arguments, staff, now):
    if step == "register":
        registrations.register(
            session=ClassSession.objects.get(pk=session.pk),
            person=person,
            submission=uuid4(),
            how="phone",
            now=now,
            needs_handset=arguments[0],
            or_wait=True,
        )
        return
    standing = session.registrations.filter(person=person, state__in=Registration.STANDING).first()
    if standing is None:
        return
    if step == "cancel":
        registrations.cancel(registration=standing, now=now)
    elif step == "accept":
        offers.accept(registration=standing, now=now)
    elif step == "decline":
        offers.decline(registration=standing, now=now)
    else:
        offers.give(registration=standing, by=staff("desk"), reason="車いす席のため", now=now)


def check(session):
    session.refresh_from_db()
    rows = list(session.registrations.all())
    holding = [row for row in rows if row.state in Registration.HOLDS_PLACE]
    waiting = [row for row in rows if row.state == Registration.State.WAITING]

    assert session.seats_taken == len(holding) <= session.capacity
    assert session.handsets_taken == sum(row.needs_handset for row in holding) <= session.handsets
    assert session.line_loan == sum(row.needs_handset for row in waiting)
    assert session.line_own == len(waiting) - session.line_loan
    # Nobody waits for a place that is there.
    assert not any(session.free.fits(needs_handset=row.needs_handset) for row in waiting)
    # Nobody was asked before somebody who came earlier and needs the same, except by a colleague
    # who gave a reason.
    for later in rows:
        asked = later.offers.filter(given_by=None).exists()
        ahead = [row for row in waiting if asked and row.line_number < later.line_number]
        assert not [row for row in ahead if row.needs_handset == later.needs_handset]
    # Each state a person came to was told once.
    assert Message.objects.filter(reference__startswith="class-offer:").count() == sum(
        row.offers.filter(given_by=None).count() for row in rows
    )
