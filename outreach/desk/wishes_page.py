"""How one person wants to be reached, and who else is behind the same numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

from notifications.models import Consent, Contact, ContactPoint, PointEvent
from outreach.desk import consent_wordings
from outreach.desk.consent_wordings import NoNumber
from outreach.desk.message_lines import readable
from outreach.desk.message_words import (
    CHANNEL_WORDS,
    HOW_WORDS,
    POINT_STATE_WORDS,
    purpose_word,
)
from outreach.people.models import Person


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody else behind the same number, with their own language and wishes."""

    contact: Contact
    person: Person | None
    channels: str


@dataclass(frozen=True, slots=True)
class PointNote:
    """What a colleague noted about a number."""

    event: PointEvent
    state: str | Promise


@dataclass(frozen=True, slots=True)
class PointLine:
    """One number or address: its state, what colleagues noted, who else is behind it."""

    point: ContactPoint
    value: str
    withheld: bool
    state: str | Promise
    notes: list[PointNote]
    sharers: list[Sharer]


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One purpose: the yes that stands, the former ones, and the words to read aloud.

    `heard` is empty where there is nothing to agree to yet.
    """

    purpose: str
    words: str | Promise
    standing: Consent | None
    how: str | Promise
    former: list[Consent]
    heard: str
    in_house: str


@dataclass(frozen=True, slots=True)
class WishesPage:
    points: list[PointLine]
    consents: list[ConsentLine]

    @property
    def people(self) -> list[Person]:
        """Whose records are shown beside the person's own."""
        return [
            sharer.person
            for line in self.points
            for sharer in line.sharers
            if sharer.person is not None
        ]


def wishes_page(contact: Contact) -> WishesPage:
    """All numbers, addresses and consents of one contact."""
    points = contact.points.prefetch_related("contacts__person", "events__by").order_by("pk")
    consents = list(contact.consents.select_related("by").order_by("-given_at", "-pk"))
    return WishesPage(
        points=[_point_line(point, contact) for point in points],
        consents=[_consent_line(one, contact, consents) for one in consent_wordings.purposes()],
    )


def channels_in_words(order: Iterable[str]) -> str:
    """Channels in the order a person prefers them; empty for no preference."""
    return ", ".join(str(CHANNEL_WORDS[Contact.Channel(channel)]) for channel in order)


def _point_line(point: ContactPoint, contact: Contact) -> PointLine:
    withheld = point.kind == ContactPoint.Kind.POST and contact.protected
    others = sorted((one for one in point.contacts.all() if one != contact), key=lambda c: c.pk)
    return PointLine(
        point=point,
        value="" if withheld else readable(point),
        withheld=withheld,
        state=POINT_STATE_WORDS[ContactPoint.State(point.state)],
        notes=[
            PointNote(event, POINT_STATE_WORDS[ContactPoint.State(event.state)])
            for event in sorted(point.events.all(), key=lambda event: -event.pk)
        ],
        sharers=[
            Sharer(one, getattr(one, "person", None), channels_in_words(one.channel_order))
            for one in others
        ],
    )


def _consent_line(purpose: str, contact: Contact, consents: list[Consent]) -> ConsentLine:
    given = [one for one in consents if one.purpose == purpose]
    standing = next((one for one in given if one.withdrawn_at is None), None)
    try:
        heard = consent_wordings.wording(purpose, contact, language=contact.language)
        in_house = consent_wordings.wording(purpose, contact, language=settings.LANGUAGE_CODE)
    except NoNumber:
        heard = in_house = ""
    return ConsentLine(
        purpose=purpose,
        words=purpose_word(purpose),
        standing=standing,
        how=HOW_WORDS[Consent.How(standing.how)] if standing else "",
        former=[one for one in given if one.withdrawn_at is not None],
        heard=heard,
        in_house="" if in_house == heard else in_house,
    )
