"""Whatever people do in whatever order, nobody has a part of a whole series."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.classes.actions import calling_off, offers, registrations
from outreach.classes.actions.calling_off import CannotCallOff
from outreach.classes.actions.offers import NoPlaceFree, OfferGone
from outreach.classes.actions.registrations import AlreadyRegistered, NoHandsets, SessionClosed
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people

pytestmark = pytest.mark.django_db

PEOPLE, DAYS = 5, 3
numbers, days_of = st.integers(0, PEOPLE - 1), st.integers(0, DAYS - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("register"), numbers, days_of, st.booleans()),
        st.tuples(st.sampled_from(["cancel", "accept", "decline", "give"]), numbers, days_of),
        st.tuples(st.just("call_off"), days_of),
        st.tuples(st.just("wait"), st.integers(1, 15)),
    ),
    min_size=6,
    max_size=24,
)
arrivals = st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE)
REFUSALS = (*(AlreadyRegistered, CannotCallOff, NoHandsets, NoPlaceFree, OfferGone, SessionClosed),)


class Undo(Exception):
    """Ends one example and takes back what it wrote."""


@pytest.fixture
def residents(db):
    return [
        people.identify(name=f"住民{number}", email=f"resident{number}@example.com", language="ja")
        for number in range(PEOPLE)
    ]


@given(
    arrivals=arrivals,
    steps=steps,
    capacities=st.lists(st.integers(1, 2), min_size=DAYS, max_size=DAYS),
    handsets=st.integers(0, 1),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_registration_is_for_every_day(
    arrivals, steps, capacities, handsets, residents, series_days, staff, now
):
    with suppress(Undo), transaction.atomic():
        days = series_days(DAYS, starts_at=now + timedelta(days=20), handsets=handsets)
        for day, capacity in zip(days, capacities, strict=True):
            ClassSession.objects.filter(pk=day.pk).update(capacity=capacity)
        moment = now
        came = [("register", number, 0, loan) for number, loan in enumerate(arrivals)]
        for step, *arguments in [*came, *steps]:
            if step == "wait":
                moment += timedelta(hours=arguments[0])
                offers.end_run_out(now=moment)
            else:
                with suppress(*REFUSALS):
                    act(step, arguments, days, residents, staff, moment)
            check(days)
        raise Undo


def act(step, arguments, days, residents, staff, now):
    if step == "call_off":
        day = days[arguments[0]]
        calling_off.call_off(session=day, reason="大雪", now=now, by=staff("desk"))
        return
    person, day = residents[arguments[0]], days[arguments[1]]
    if step == "register":
        registrations.register(
            session=ClassSession.objects.select_related("series").get(pk=day.pk),
            person=person,
            submission=uuid4(),
            how="phone",
            now=now,
            needs_handset=arguments[2],
            or_wait=True,
        )
        return
    standing = day.registrations.filter(person=person, state__in=Registration.STANDING).first()
    if standing is None:
        return
    if step == "give":
        offers.give(registration=standing, by=staff("desk"), reason="車いす席のため", now=now)
    else:
        act_on = {"cancel": registrations.cancel, "accept": offers.accept}
        act_on.get(step, offers.decline)(registration=standing, now=now)


def check(days):
    held = [ClassSession.objects.get(pk=day.pk) for day in days]
    announced = [day for day in held if day.state == ClassSession.State.ANNOUNCED]
    standing = []
    for day in held:
        rows = list(day.registrations.filter(state__in=Registration.STANDING).order_by("whole"))
        holding = [row for row in rows if row.state in Registration.HOLDS_PLACE]
        waiting = [row for row in rows if row.state == Registration.State.WAITING]
        assert day.seats_taken == len(holding) <= day.capacity
        assert day.handsets_taken == sum(row.needs_handset for row in holding) <= day.handsets
        assert day.line_loan == sum(row.needs_handset for row in waiting)
        assert day.line_own == len(waiting) - day.line_loan
        if day in announced:
            standing.append([(row.whole_id, row.state) for row in rows])
        else:
            assert not rows
    # Every day that is held has the same people in the same state.
    assert standing == standing[:1] * len(standing)
    if announced:
        waits = announced[0].registrations.filter(state="waiting")
        for row in waits:
            # Nobody waits for a series that has a place on every day.
            assert not all(day.free.fits(needs_handset=row.needs_handset) for day in announced)
    # Whoever is asked has one offer to answer, wherever it stands.
    for row in Registration.objects.filter(state="offered").select_related("whole"):
        assert sum(one.offers.filter(answer="").count() for one in row.whole.days.all()) == 1
