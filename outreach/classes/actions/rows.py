"""Write the rows of a registration: one for a day, one for each day of a whole series."""

from datetime import datetime
from uuid import uuid5

from outreach.classes.actions import places, together
from outreach.classes.models import Registration, Series, SeriesRegistration
from outreach.people.rules.references import new_reference


def write(registration: Registration, *, now: datetime, or_wait: bool) -> None:
    """Find the place and write the row of a registration, in the caller's transaction.

    Raises what `places.find` raises, and IntegrityError: then the caller undoes it all.
    """
    series = registration.session.series
    if series is not None and series.is_whole:
        _write_series(registration, series, now=now, or_wait=or_wait)
    else:
        places.find(registration, registration.session, now=now, or_wait=or_wait)
        registration.save(force_insert=True)


def _write_series(
    registration: Registration, series: Series, *, now: datetime, or_wait: bool
) -> None:
    """One row for each day; the registration becomes that of the first one."""
    days = together.hold_days(registration.session)
    numbers = places.find_on_all(registration, days, now=now, or_wait=or_wait)
    first, *others = days
    registration.session = first
    # Two unique columns do not see each other: a kind of reference of its own keeps apart what
    # stands in one and in the other.
    registration.reference = new_reference("K")
    registration.whole = SeriesRegistration.objects.create(
        series=series, reference=registration.reference
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
