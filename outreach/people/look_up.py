"""Find people on record: by what a caller says, and who might be the same person."""

import re
import unicodedata
from contextlib import suppress

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from notifications.models import ContactPoint
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from outreach.people.models import Person
from outreach.people.rules.names import as_katakana, tidy_name

# Fewer digits fit half the town.
FEWEST_DIGITS = 4
_JAPAN = "+81"
_NOT_DIGITS = re.compile(r"[\s\-‐‑‒–—―−ー()+.]")


def looked_up(said: str) -> QuerySet[Person]:
    """Whom a reading, a name or a telephone number could mean; nobody when nothing is said.

    A reading is found in any kind of kana, with and without its space, from any part of it. Of a
    number, the end or the beginning is enough.
    """
    together = tidy_name(unicodedata.normalize("NFKC", said)).replace(" ", "")
    if not together:
        return Person.objects.none()
    people = _bare(Person.objects.by_kana())
    digits = _NOT_DIGITS.sub("", together)
    if digits.isdecimal():
        enough = len(digits) >= FEWEST_DIGITS
        return people.filter(pk__in=_behind(said, digits)) if enough else people.none()
    return people.filter(Q(reading__contains=as_katakana(together)) | Q(bare__icontains=together))


def namesakes(*, name: str, kana: str, birth_year: int | None) -> QuerySet[Person]:
    """Who on record has this reading, or this name, and was not born in another year.

    Never by a telephone number: families share one.
    """
    reading = as_katakana(kana).replace(" ", "")
    written = tidy_name(name).replace(" ", "")
    called = Q(bare__iexact=written)
    if reading:
        called |= Q(reading=reading)
    same_year = Q(birth_year=birth_year) | Q(birth_year=None) if birth_year else Q()
    return _bare(Person.objects.by_kana()).filter(called, same_year)


def _bare(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.annotate(
        bare=Replace(F("name"), Value(" "), Value("")),
        reading=Replace(F("kana"), Value(" "), Value("")),
    )


def _behind(said: str, digits: str) -> QuerySet[Person]:
    numbers = Q(value__endswith=digits)
    if digits.startswith("0"):
        numbers |= Q(value__startswith=_JAPAN + digits[1:])
    with suppress(PhoneNotUnderstood):  # a part of a number
        numbers |= Q(value=parse_phone(said).e164)
    points = ContactPoint.objects.filter(numbers, kind=ContactPoint.Kind.PHONE)
    return Person.objects.filter(contact__points__in=points)
