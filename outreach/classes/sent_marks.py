"""Marks as the page at the door sends them, perhaps long after they were made."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from outreach.classes.actions.attendance import Mark
from outreach.classes.models import Attendance

# More people than any venue of the city holds.
MOST_MARKS = 500


class MarksNotUnderstood(ValueError):
    """What arrived is not what the page sends."""


def read_marks(body: bytes) -> list[Mark]:
    """The marks in a request: `{"marks": [{registration, state, key, pressed_at}]}`.

    Raises MarksNotUnderstood, for one mark that cannot be read as for a body that is no JSON:
    the page then keeps them all, and nothing is lost.
    """
    try:
        sent = json.loads(body)["marks"]
        if not isinstance(sent, list) or len(sent) > MOST_MARKS:
            raise MarksNotUnderstood
        return [_mark(one) for one in sent]
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise MarksNotUnderstood from None


def _mark(sent: dict[str, Any]) -> Mark:
    registration, pressed_at = sent["registration"], _moment(sent["pressed_at"])
    if type(registration) is not int or registration.bit_length() >= 64:
        raise MarksNotUnderstood
    state = Attendance.State(sent["state"])
    return Mark(registration, state, UUID(sent["key"]), pressed_at)


def _moment(written: str) -> datetime:
    moment = parse_datetime(written)
    if moment is None or not is_aware(moment):
        raise MarksNotUnderstood
    return moment
