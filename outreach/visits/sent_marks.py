"""Marks as the day sheet sends them, perhaps long after they were pressed."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from outreach.visits.actions.marks import Mark
from outreach.visits.forms.outcome import OUTCOMES
from outreach.visits.models import VisitMark

# More than a team can press in a day.
MOST_MARKS = 500
_Kind = VisitMark.Kind
_VALUES = {
    _Kind.ARRIVED: frozenset({""}),
    _Kind.LEFT: frozenset({""}),
    _Kind.CONSENT: frozenset(VisitMark.Consent.values),
    _Kind.OUTCOME: frozenset(str(value) for value, _label in OUTCOMES),
}


class MarksNotUnderstood(ValueError):
    """What arrived is not what the page sends."""


def can_be_pressed(kind: str, value: str) -> bool:
    """Whether the page has such a button."""
    return value in _VALUES.get(_Kind(kind), ()) if kind in _Kind.values else False


def read_marks(body: bytes) -> list[Mark]:
    """The marks in a request: `{"marks": [{visit, kind, value, key, pressed_at, second}]}`.

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
    kind, value = sent["kind"], sent["value"]
    if not can_be_pressed(kind, value):
        raise MarksNotUnderstood
    second = None if sent["second"] is None else _key(sent["second"])
    return Mark(
        _key(sent["visit"]), kind, value, UUID(sent["key"]), _moment(sent["pressed_at"]), second
    )


def _key(written: Any) -> int:
    if type(written) is not int or written.bit_length() >= 64:
        raise MarksNotUnderstood
    return written


def _moment(written: str) -> datetime:
    moment = parse_datetime(written)
    if moment is None or not is_aware(moment):
        raise MarksNotUnderstood
    return moment
