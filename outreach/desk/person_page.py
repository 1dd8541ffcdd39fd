"""Everything the city knows about one resident, from every room, on one page."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User

from notifications.models import Consent
from outreach.classes.models import Registration
from outreach.desk.message_lines import MessageLine, latest
from outreach.desk.message_words import purpose_word
from outreach.desk.people_list import PersonLine, person_lines, resembling_lines
from outreach.desk.task_list import TaskLine, task_line
from outreach.desk.wishes_page import channels_in_words
from outreach.people.models import (
    AccessRecord,
    Carer,
    Person,
    PersonMerge,
    Task,
)
from outreach.people.resemblance import duplicates_of
from outreach.people.whereabouts import Whereabouts, whereabouts
from outreach.visits.models import Visit, VisitRequest

LOOKS_SHOWN = 5
PAST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person; what only some may see is asked for by the template."""

    person: Person
    line: PersonLine
    where: Whereabouts
    channels: str
    consents: list[str]
    household: list[Person]
    carers: list[Carer]
    former_carers: list[Carer]
    cared_for: list[Carer]
    registrations: list[Registration]
    requests: list[VisitRequest]
    tasks: list[TaskLine]
    messages: list[MessageLine]
    resembling: list[PersonLine]
    merges: list[PersonMerge]
    looks: list[AccessRecord]
    keeps_care: bool

    @property
    def people(self) -> list[Person]:
        """Whose records the page shows besides."""
        return [
            *self.household,
            *(carer.person for carer in self.cared_for),
            *(line.person for line in self.resembling),
        ]


def person_page(person: Person, *, today: date) -> PersonPage:
    """Read everything; `contact`, `residence` and needs have been fetched with the person."""
    contact = person.contact
    carers = list(person.carers.select_related("contact__person", "facility").order_by("-since"))
    standing = set(
        Carer.objects.standing(on=today).filter(person=person).values_list("pk", flat=True)
    )
    return PersonPage(
        person=person,
        line=person_lines([person])[0],
        where=whereabouts(person),
        channels=channels_in_words(contact.channel_order),
        consents=[
            str(purpose_word(one.purpose))
            for one in Consent.objects.filter(contact=contact, withdrawn_at=None).order_by("pk")
        ],
        household=_household(person),
        carers=[carer for carer in carers if carer.pk in standing],
        former_carers=[carer for carer in carers if carer.pk not in standing],
        cared_for=list(
            Carer.objects.standing(on=today)
            .filter(contact=contact, person__merged_into=None)
            .select_related("person")
            .order_by("person__kana", "pk")
        ),
        registrations=_registrations(person),
        requests=list(person.visit_requests.order_by("-asked_at", "-pk")[:PAST_SHOWN]),
        tasks=[task_line(task) for task in Task.objects.open().filter(person=person).to_show()],
        messages=latest(contact),
        resembling=resembling_lines(duplicates_of(person)),
        merges=list(
            person.merges.filter(undone_at=None).select_related("gone", "by").order_by("-at")
        ),
        looks=looks_at(person, most=LOOKS_SHOWN),
        keeps_care=settings.CARE_RECORDS,
    )


def looks_at(person: Person, *, most: int | None = None) -> list[AccessRecord]:
    """Who looked at somebody, the latest first; also at what was on record about them twice."""
    of_person = [person.pk, *person.merged_people.values_list("pk", flat=True)]
    looks = AccessRecord.objects.filter(person__in=of_person).select_related("by")
    return list(looks.order_by("-at", "-pk")[:most])


def may_see(user: User, person: Person) -> bool:
    """The desk sees everybody; who goes on visits, only whom their team is about to visit."""
    return user.has_perm("people.see_people") or visited_by(user, person)


def visited_by(user: User, person: Person) -> bool:
    """Whether a visit to this person is ahead of this member of the staff."""
    return Visit.objects.of(user).ahead().filter(request__person=person).exists()


def _household(person: Person) -> list[Person]:
    if person.household_id is None:
        return []
    others = Person.objects.by_kana().filter(household=person.household_id)
    return list(others.exclude(pk=person.pk))


def _registrations(person: Person) -> list[Registration]:
    rows = person.registrations.select_related("session__course", "session__venue")
    return list(rows.order_by("-session__starts_at", "-pk")[:PAST_SHOWN])
