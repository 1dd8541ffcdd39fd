"""What the people around a request are told: the person to be visited, and who asked for them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mynumber.rules.ways import Way
from notifications.actions import messages, recalls
from notifications.actions.messages import Told
from notifications.models import Contact, Message
from outreach.visits.advice import documents_of, documents_to_receive
from outreach.visits.models import RequestGroup, Visit, VisitRequest
from outreach.visits.reminders import stem_of
from outreach.visits.rules.time_slots import Hours
from outreach.visits.told_hours import hours_to_tell

ASKED = "visit-request"  # answers whoever is asking right now
PURPOSE = "visit"
DAY = "visit-day"  # asks whether it suits
REMINDER = "visit-reminder"
LATE = "visit-late"
NOT_THEN = _("The visit was moved to another day or called off.")
NOT_SO_ANY_MORE = _("The card comes to the person another way, or is there already.")
# How a card that has arrived comes to the person: in the words of the templates, and the way of
# the rules that says what to have ready; the post office asks for ID alone.
_HOW_IT_COMES = {
    VisitRequest.State.TO_COLLECT: ("collect", Way.COLLECT_AT_COUNTER),
    VisitRequest.State.TO_HAND_OVER: ("bring", Way.HAND_OVER_AT_HOME),
    VisitRequest.State.POSTED: ("posted", None),
}


def say_asked(*, request: VisitRequest, now: datetime) -> None:
    """Confirm the request to whoever made it; on the telephone the colleague has just done so."""
    asker = request.asked_by or request.person.contact
    messages.enqueue(
        contact=asker,
        purpose=ASKED,
        reference=f"visit-asked:{request.pk}",
        template="visits/messages/asked",
        context={
            "reference": request.reference,
            "for_another": request.asked_by is not None,
            "documents": documents_of(request, today=timezone.localdate(now)),
        },
        now=now,
        told=Told(asker, request.taken_by) if request.how == VisitRequest.How.PHONE else None,
    )


def say_group_asked(*, group: RequestGroup, count: int, how: str, now: datetime) -> None:
    """Confirm the requests of a group to whoever asked, in one message."""
    messages.enqueue(
        contact=group.asked_by,
        purpose=ASKED,
        reference=f"visit-group-asked:{group.pk}",
        template="visits/messages/group-asked",
        context={"reference": group.reference, "count": count},
        now=now,
        told=Told(group.asked_by, group.taken_by) if how == VisitRequest.How.PHONE else None,
    )


def say_planned(*, visit: Visit, moved: bool, now: datetime) -> None:
    """Tell the day and the hours, and ask whether they suit. Useless once they have begun.

    Said once: what an earlier message told and has not gone out yet is taken back.
    """
    again = f":{now:%Y%m%d%H%M%S}" if visit.told_at else ""
    if again:
        take_back_plan(visit=visit, now=now)
    for contact, context in _told_hours(visit, now):
        messages.enqueue(
            contact=contact,
            purpose=DAY,
            reference=f"{_planned(visit)}{contact.pk}{again}",
            template="visits/messages/planned",
            context={**context, "moved": moved},
            now=now,
            useless_after=hours_to_tell(visit)[0],
        )
    _note_told(visit, now)


def remind(*, visit: Visit, reference: str, now: datetime) -> None:
    """Say again, shortly before, when somebody arrives; by now the hour is planned as a rule."""
    for contact, context in _told_hours(visit, now):
        messages.enqueue(
            contact=contact,
            purpose=REMINDER,
            reference=f"{reference}:{contact.pk}",
            template="visits/messages/reminder",
            context=context,
            now=now,
            useless_after=hours_to_tell(visit)[0],
        )
    _note_told(visit, now)


def say_late(*, visit: Visit, hours: tuple[datetime, datetime], now: datetime) -> None:
    """Tell between which hours a team that runs late arrives; what is known now is kept."""
    visit.told_from, visit.told_until = hours
    visit.told_at = now
    visit.save(update_fields=["told_at", "told_from", "told_until"])
    first, last = (timezone.localtime(moment) for moment in hours)
    for contact, for_another in _everybody(visit.request):
        messages.enqueue(
            contact=contact,
            purpose=LATE,
            reference=f"visit-late:{visit.pk}:{contact.pk}:{first:%H%M}",
            template="visits/messages/late",
            context={
                "reference": visit.request.reference,
                "for_another": for_another,
                "starts": f"{first:%-H:%M}",
                "ends": f"{last:%-H:%M}",
                "hours": Hours(first.time(), last.time()),
            },
            now=now,
            useless_after=last,
        )


def take_back_plan(*, visit: Visit, now: datetime) -> None:
    """Drop what still waits to tell the day of a visit that will not be made then."""
    for stem in (_planned(visit), stem_of(visit)):
        recalls.recall(Message.objects.of_occasions_under(stem), reason=NOT_THEN, now=now)


def say_another_day(*, visit: Visit, now: datetime, told: Contact | None) -> None:
    """Tell everybody that nobody comes on that day and the city calls; not who was told."""
    for contact, for_another in _everybody(visit.request):
        if contact != told:
            messages.enqueue(
                contact=contact,
                purpose=PURPOSE,
                reference=f"visit-another-day:{visit.pk}:{contact.pk}",
                template="visits/messages/another-day",
                context={
                    "reference": visit.request.reference,
                    "for_another": for_another,
                    "visit_on": visit.visit_on,
                },
                now=now,
            )


def _told_hours(visit: Visit, now: datetime) -> Iterator[tuple[Contact, dict[str, Any]]]:
    """Everybody, with what the messages about day and hours hold."""
    first, last = (timezone.localtime(moment) for moment in hours_to_tell(visit))
    documents = documents_of(visit.request, today=timezone.localdate(now), at_home=True)
    for contact, for_another in _everybody(visit.request):
        yield (
            contact,
            {
                "reference": visit.request.reference,
                "for_another": for_another,
                "visit_on": visit.visit_on,
                "time_slot": str(visit.time_slot),
                "starts": f"{first:%-H:%M}",
                "ends": f"{last:%-H:%M}",
                "hours": Hours(first.time(), last.time()),
                "documents": documents,
            },
        )


def _note_told(visit: Visit, now: datetime) -> None:
    """Keep what was said, so that it is said again only when it no longer holds."""
    visit.told_from, visit.told_until = hours_to_tell(visit)
    visit.told_at = now
    if visit.confirmation == Visit.Confirmation.NONE:
        visit.confirmation = Visit.Confirmation.ASKED
    visit.save(update_fields=["told_at", "told_from", "told_until", "confirmation"])


def say_card_is_here(*, request: VisitRequest, now: datetime) -> None:
    """Tell how the card that has arrived comes to the person, each time that is decided.

    Nothing for a step that decides no such thing. What waits to tell another way is dropped.
    """
    take_back_card(request=request, now=now)
    said = _HOW_IT_COMES.get(VisitRequest.State(request.state))
    if said is None:
        return
    word, way = said
    decided = request.events.filter(state=request.state).latest("pk")
    today = timezone.localdate(now)
    for contact, for_another in _everybody(request):
        messages.enqueue(
            contact=contact,
            purpose=PURPOSE,
            reference=f"{_card(request)}{decided.pk}:{contact.pk}",
            template="visits/messages/card-arrived",
            context={
                "reference": request.reference,
                "for_another": for_another,
                "way": word,
                "documents": documents_to_receive(request, way=way, today=today) if way else [],
            },
            now=now,
        )


def take_back_card(*, request: VisitRequest, now: datetime) -> None:
    """Drop what still waits to tell how the card comes, and is no longer so."""
    recalls.recall(
        Message.objects.of_occasions_under(_card(request)), reason=NOT_SO_ANY_MORE, now=now
    )


def say_cancelled(*, request: VisitRequest, now: datetime, told: Told | None = None) -> None:
    """Tell everybody that nobody will come; who was `told` on the telephone is not called."""
    for contact, for_another in _everybody(request):
        messages.enqueue(
            contact=contact,
            purpose=PURPOSE,
            reference=f"visit-cancelled:{request.pk}:{contact.pk}",
            template="visits/messages/cancelled",
            context={"reference": request.reference, "for_another": for_another},
            now=now,
            told=told,
        )


def _card(request: VisitRequest) -> str:
    return f"visit-card:{request.pk}:"


def _planned(visit: Visit) -> str:
    return f"visit-planned:{visit.pk}:"


def _everybody(request: VisitRequest) -> Iterator[tuple[Contact, bool]]:
    """Who hears about a request, and whether they asked for somebody else.

    The person is left out when the asker's telephone is the only way to them: one family, one
    telephone, one message.
    """
    person, asker = request.person.contact, request.asked_by
    if asker is None:
        yield person, False
        return
    if person.points.exclude(pk__in=asker.points.values("pk")).exists():
        yield person, False
    yield asker, True
