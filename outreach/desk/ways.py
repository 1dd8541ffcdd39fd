"""By which way each of very many people is reached first.

The order is `first_way`'s alone. It is asked once for every kind of person, not for every person:
two who have a mobile and nothing else, and no wish of their own, get the same answer.
"""

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from notifications.models import ContactPoint
from notifications.rules.channels import Address, first_way
from notifications.rules.phones import line_of


class Attached(NamedTuple):
    """One number or address of one person, as the database tells it."""

    contact: int
    language: str
    protected: str  # empty for no
    channel_order: str  # JSON
    point: int
    kind: str
    state: str
    takes_sms: str  # empty for no
    value: str


class Unreachable(StrEnum):
    """Why nothing leads to a person who left a number or an address."""

    STOPPED = "stopped"
    PROTECTED = "protected"
    NO_WAY = "no_way"


class Ways:
    """First ways, remembered by kind of person."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[str, int] | Unreachable] = {}

    def first(self, attached: Sequence[Attached]) -> tuple[str, int] | Unreachable:
        """Channel and key of the point for one person, whose points stand newest last."""
        if len(attached) == 1:
            one = attached[0]
            profile: tuple[object, ...] = (one[2], one[3], one[5], one[6], one[7])
        else:
            profile = (attached[0][2], attached[0][3], *_points(attached))
        answer = self._known.get(profile)
        if answer is None:
            answer = self._known[profile] = _ask(attached)
        if isinstance(answer, Unreachable):
            return answer
        channel, place = answer
        return channel, attached[place].point


def _points(attached: Sequence[Attached]) -> tuple[object, ...]:
    """All that `first_way` may look at; the kind of a line matters once there are several."""
    return tuple(
        (one.kind, one.state, one.takes_sms, "" if one.takes_sms else _line(one))
        for one in attached
    )


def _line(one: Attached) -> str:
    return line_of(one.value) or "" if one.kind == ContactPoint.Kind.PHONE else ""


def _ask(attached: Sequence[Attached]) -> tuple[str, int] | Unreachable:
    usable = [
        Address(place, one.kind, one.value)
        for place, one in enumerate(attached)
        if one.state == ContactPoint.State.USABLE
    ]
    person = attached[0]
    way = first_way(
        usable[::-1], order=json.loads(person.channel_order), protected=bool(person.protected)
    )
    if way is not None:
        return way.channel, way.key
    if usable:  # only the post is ever barred
        return Unreachable.PROTECTED
    if any(one.state == ContactPoint.State.STOPPED for one in attached):
        return Unreachable.STOPPED
    return Unreachable.NO_WAY
