"""Find people on record by what a caller says."""

import re
import unicodedata
from contextlib import suppress

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from notifications.models import ContactPoint
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from outreach.people.models import Person, Residence
from outreach.people.rules.addresses import place_in, place_key
from outreach.people.rules.names import as_katakana, tidy_name
from outreach.people.rules.sounds import name_key

# Fewer digits fit half the town.
FEWEST_DIGITS = 4
_JAPAN = "+81"
_NOT_DIGITS = re.compile(r"[\s\-‐‑‒–—―−ー()+.]")


def looked_up(said: str) -> QuerySet[Person]:
    """Whom a reading, a name, an address or a telephone number could mean; nobody for nothing.

    A reading is found in any kind of kana, with and without its space, from any part of it; a name
    in older and newer kanji. Of a number, the end or the beginning is enough. Nobody is found by an
    address that is protected.
    """
    together = tidy_name(unicodedata.normalize("NFKC", said)).replace(" ", "")
    if not together:
        return Person.objects.none()
    people = _bare(Person.objects.by_kana())
    digits = _NOT_DIGITS.sub("", together)
    if digits.isdecimal():
        enough = len(digits) >= FEWEST_DIGITS
        return people.filter(pk__in=_behind(said, digits)) if enough else people.none()
    called = Q(reading__contains=as_katakana(together)) | Q(bare__icontains=together)
    if key := name_key(together):
        called |= Q(name_key__contains=key)
    return people.filter(called | Q(pk__in=_living_at(together)))


def _bare(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.annotate(
        bare=Replace(F("name"), Value(" "), Value("")),
        reading=Replace(F("kana"), Value(" "), Value("")),
    )


def _living_at(address: str) -> QuerySet[Person]:
    """Who lives at an address, or in a 大字 or 小字 of that name, old spelling or new."""
    place, key = place_in(address), place_key(address)
    if not key:  # nothing but the sign for 字
        return Person.objects.none()
    if place.koaza:
        lives = Q(oaza_key=place_key(place.oaza), koaza_key=place_key(place.koaza))
    else:
        lives = Q(oaza_key=key) | Q(koaza_key=key)
    lives |= Q(address__contains=address)
    homes = Residence.objects.filter(lives, person__contact__protected=False)
    return Person.objects.filter(pk__in=homes.values("person"))


def _behind(said: str, digits: str) -> QuerySet[Person]:
    numbers = Q(value__endswith=digits)
    if digits.startswith("0"):
        numbers |= Q(value__startswith=_JAPAN + digits[1:])
    with suppress(PhoneNotUnderstood):  # a part of a number
        numbers |= Q(value=parse_phone(said).e164)
    points = ContactPoint.objects.filter(numbers, kind=ContactPoint.Kind.PHONE)
    return Person.objects.filter(contact__points__in=points)
