"""The people a description of an audience fits, before anybody asks what they agreed to."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from notifications.models import Contact, ContactPoint
from outreach.classes.models import Registration
from outreach.desk.rules.audiences import Audience, Classes, Reach
from outreach.places.models import District


def described(audience: Audience) -> QuerySet[Contact]:
    """Contacts that fit, in no order."""
    people = Contact.objects.filter(_person(audience), closed=False)
    if audience.languages:
        people = people.filter(language__in=audience.languages)
    people = _by_reach(people, audience.reach)
    if audience.classes == Classes.REGISTERED:
        return people.filter(_registered(audience))
    if audience.classes == Classes.NEVER:
        return people.filter(~_registered(audience))
    return people


def _person(audience: Audience) -> Q:
    """Where somebody lives and how old they are; who has not said so is not meant."""
    wanted = Q()
    if audience.districts:
        wanted &= Q(person__district__code__in=with_parts(audience.districts))
    if audience.born_from is not None:
        wanted &= Q(person__birth_year__gte=audience.born_from)
    if audience.born_to is not None:
        wanted &= Q(person__birth_year__lte=audience.born_to)
    return wanted


def with_parts(codes: tuple[str, ...]) -> set[str]:
    """The codes of these districts and of all that they consist of."""
    wanted, last = set(codes), 0
    while len(wanted) > last:
        last = len(wanted)
        parts = District.objects.in_force().filter(parent__code__in=wanted)
        wanted |= set(parts.values_list("code", flat=True))
    return wanted


def _by_reach(people: QuerySet[Contact], reach: Reach) -> QuerySet[Contact]:
    phone = Q(kind=ContactPoint.Kind.PHONE)
    if reach == Reach.MOBILE:
        return people.filter(_has(Q(takes_sms=True)))
    if reach == Reach.EMAIL:
        return people.filter(_has(Q(kind=ContactPoint.Kind.EMAIL)))
    if reach == Reach.LANDLINE_ONLY:
        either = Q(takes_sms=True) | Q(kind=ContactPoint.Kind.EMAIL)
        return people.filter(_has(phone), ~_has(either))
    return people


def _has(wanted: Q) -> Exists:
    usable = ContactPoint.objects.filter(wanted, state=ContactPoint.State.USABLE)
    return Exists(usable.filter(contacts=OuterRef("pk")))


def _registered(audience: Audience) -> Exists:
    seats = Registration.objects.filter(
        person__contact=OuterRef("pk"), state=Registration.State.REGISTERED
    )
    if audience.courses:
        seats = seats.filter(session__course__slug__in=audience.courses)
    town = timezone.get_default_timezone()
    if audience.classes_from:
        first = datetime.combine(audience.classes_from, time.min, tzinfo=town)
        seats = seats.filter(session__starts_at__gte=first)
    if audience.classes_to:
        after = audience.classes_to + timedelta(days=1)
        seats = seats.filter(session__starts_at__lt=datetime.combine(after, time.min, tzinfo=town))
    return Exists(seats)
