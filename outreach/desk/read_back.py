"""The sentence an officer says aloud before anything is booked, made of the answers."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from notifications.first_way import first_way_to
from outreach.classes.models import ClassSession
from outreach.classes.reminders import reminder_days
from outreach.classes.rules.needs import Needs
from outreach.desk.caller import Caller
from outreach.reception.documents import documents_for
from outreach.reception.models import OpeningDay, Service

TEMPLATE = "desk/read_back.ja.txt"
APPOINTMENT_TEMPLATE = "desk/read_back_appointment.ja.txt"


def read_back(
    caller: Caller,
    *,
    session: ClassSession,
    needs_handset: bool,
    needs: Needs,
    asker: str,
    agrees_to_calls: bool,
    number: int | None,
    now: datetime,
) -> str:
    """Japanese, to be spoken: name, class, day, place, what to bring, how they are reminded.

    `asker` is who is calling for the person, empty if they call themselves; `number` is the place
    in the line of who has to wait.
    """
    context = {
        "caller": caller,
        "session": session,
        "days": session.days,
        "needs_handset": needs_handset,
        "needs": needs,
        "asker": asker,
        "number": number,
        "way": first_way_to(
            caller.contact,
            language=caller.language,
            phone=caller.phone,
            agrees_to_calls=agrees_to_calls,
        ),
        "reminded": _reminded(session, now),
        "city_name": settings.CITY_NAME,
    }
    with translation.override(settings.LANGUAGE_CODE):
        return "".join(render_to_string(TEMPLATE, context).split("\n"))


def read_back_appointment(
    caller: Caller, *, day: OpeningDay, service: str, starts_at: datetime, asker: str
) -> str:
    """The same for a time at a counter: name, what for, day, place, what to bring."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "caller": caller,
            "day": day,
            "starts_at": starts_at,
            "service": Service(service).label,
            "documents": [str(one).rstrip("。") for one in documents_for(service)],
            "asker": asker,
        }
        return "".join(render_to_string(APPOINTMENT_TEMPLATE, context).split("\n"))


def _reminded(session: ClassSession, now: datetime) -> str:
    """When reminders come, in words: 7日前と前の日; empty when the class is too soon for any."""
    days_left = (timezone.localdate(session.starts_at) - timezone.localdate(now)).days
    return "と".join(_spoken(day) for day in _to_come(days_left))


def _to_come(days_left: int) -> Iterable[int]:
    return sorted((day for day in reminder_days() if day < days_left), reverse=True)


def _spoken(day: int) -> str:
    return {0: "当日", 1: "前の日"}.get(day, f"{day}日前")
