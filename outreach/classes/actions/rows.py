"""Write the rows of a registration: one for a day, one for each day of a whole series."""

from datetime import datetime
from uuid import uuid5

from django.db import IntegrityError, transaction

from outreach.classes.actions import places, together
from outreach.classes.models import Registration, SeriesRegistration
from outreach.people.rules.references import new_reference


def write(registration: Registration, *, now: datetime, or_wait: bool) -> None:
    """Find the place and write the row of a registration, together or not at all.

    Of two submissions at the same moment the second finds the class filled by its own twin, and
    gives back what it took. A reference drawn before, once in millions, is drawn again.
    Raises what `places.find` raises, and IntegrityError.
    """
    try:
        with transaction.atomic():
            if registration.session.is_day_of_whole:
                _write_series(registration, now=now, or_wait=or_wait)
            else:
                places.find(registration, registration.session, now=now, or_wait=or_wait)
                registration.save(force_insert=True)
    except IntegrityError:
        if not _is_drawn(registration):
            raise
        registration.reference, registration.whole = new_reference("C"), None
        registration.state, registration.line_number = Registration.State.REGISTERED, None
        write(registration, now=now, or_wait=or_wait)


def _write_series(registration: Registration, *, now: datetime, or_wait: bool) -> None:
    """One row for each day; the registration becomes that of the first one."""
    days = together.hold_days(registration.session)
    numbers = places.find_on_all(registration, days, now=now, or_wait=or_wait)
    first, *others = days
    registration.session = first
    registration.whole = SeriesRegistration.objects.create(
        series=first.series, reference=registration.reference
    )
    registration.line_number = numbers.get(first.pk)
    registration.save(force_insert=True)
    submission = registration.submission
    Registration.objects.bulk_create(
        _like(
            registration,
            session=day,
            line_number=numbers.get(day.pk),
            submission=uuid5(submission, f"day {day.pk}"),
        )
        for day in others
    )


def _like(registration: Registration, **changes: object) -> Registration:
    values = {
        field.attname: getattr(registration, field.attname)
        for field in Registration._meta.concrete_fields
        if not field.primary_key
    }
    for name in changes:
        values.pop(Registration._meta.get_field(name).attname)  # type: ignore[union-attr]
    return Registration(**values, **changes)


def _is_drawn(registration: Registration) -> bool:
    """Whether somebody else has this reference already."""
    reference = registration.reference
    rows = Registration.objects.filter(reference=reference)
    return (
        rows.exclude(submission=registration.submission).exists()
        or SeriesRegistration.objects.filter(reference=reference).exists()
    )
