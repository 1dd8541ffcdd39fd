"""Who on record could be the person somebody describes: read by index, judged by the rule."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from notifications.models import Contact, ContactPoint
from notifications.rules.phones import Phone
from outreach.people.models import KnownApart, Person, Residence
from outreach.people.rules.addresses import place_key
from outreach.people.rules.matching import Facts, Likeness, likeness
from outreach.people.rules.sounds import name_keys, sounds_of

# So many share a common name at most; beyond it, more has to be told.
MOST_READ = 200


@dataclass(frozen=True, slots=True)
class Description:
    """What has been told about somebody, as typed; all of it may be empty."""

    name: str = ""
    kana: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    oaza: str = ""
    koaza: str = ""
    phone: Phone | None = None

    @property
    def facts(self) -> Facts:
        return Facts(
            sounds=frozenset(sounds_of(self.kana)),
            name_keys=frozenset(name_keys(self.name)),
            birth_year=self.birth_date.year if self.birth_date else self.birth_year,
            birth_date=self.birth_date,
            place=_place(place_key(self.oaza), place_key(self.koaza)),
            phones=frozenset({self.phone.e164} if self.phone else ()),
        )


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Somebody on record, and what of the description agrees."""

    person: Person
    likeness: Likeness


def resembling(description: Description) -> list[Resemblance]:
    """Who it could be, the likeliest first. Four queries, however many are on record."""
    return _judged(description.facts, Person.objects.on_record())


def duplicates_of(person: Person) -> list[Resemblance]:
    """Who else on record could be the same person, except who is known to be somebody else."""
    apart = KnownApart.objects.filter(Q(one=person) | Q(other=person)).values_list("one", "other")
    settled = {key for pair in apart for key in pair} | {person.pk}
    return _judged(_facts_of(person), Person.objects.on_record().exclude(pk__in=settled))


def _judged(facts: Facts, people: QuerySet[Person]) -> list[Resemblance]:
    found = [
        Resemblance(person, like)
        for person in _with_facts(people.filter(pk__in=_candidates(facts)))
        if (like := likeness(facts, _facts_of(person)))
    ]
    return sorted(
        found, key=lambda one: (-len(one.likeness.agreeing), one.person.kana, one.person.pk)
    )


def _candidates(facts: Facts) -> list[int]:
    """Keys of everybody with whom something agrees that an index leads to.

    One statement for each index: a condition that joins them with OR would read everybody.
    """
    by_name = Person.objects.filter(sound__in=facts.sounds).values_list("pk")
    ways = [by_name, Person.objects.filter(name_key__in=facts.name_keys).values_list("pk")]
    if facts.birth_date:
        ways.append(Person.objects.filter(birth_date=facts.birth_date).values_list("pk"))
    keys = {key for way in ways for (key,) in way.order_by()[:MOST_READ]}
    return sorted(keys)[:MOST_READ]


def _with_facts(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.select_related("contact", "district", "residence").prefetch_related(
        "contact__points"
    )


def _facts_of(person: Person) -> Facts:
    residence: Residence | None = getattr(person, "residence", None)
    contact: Contact = person.contact
    shown = residence if residence and not contact.protected else None
    return Facts(
        sounds=frozenset({person.sound} - {""}),
        name_keys=frozenset({person.name_key} - {""}),
        birth_year=person.birth_year,
        birth_date=person.birth_date,
        place=_place(shown.oaza_key, shown.koaza_key) if shown else None,
        phones=frozenset(
            point.value for point in contact.points.all() if point.kind == ContactPoint.Kind.PHONE
        ),
    )


def _place(oaza_key: str, koaza_key: str) -> tuple[str, str] | None:
    return (oaza_key, koaza_key) if oaza_key and koaza_key else None
